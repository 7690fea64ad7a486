// The contract of exercise 08_progress/submit_batch: no longer than that.
//
// A batch of jobs with one limit for all of them. What is done by then is kept;
// what is late is told, and asked to stop. For that a job has to listen.

#ifndef SUBMIT_BATCH_H
#define SUBMIT_BATCH_H

#include <cfutures.h>
#include <stdbool.h>

enum { MOST_JOBS = 8 };

struct job {
    cf_task task;
    cf_value arg;
};

// What came of a job.
struct outcome {
    bool is_late;
    cf_value result;  // result or error of the task; if it is late, not set
};

// Given to you (the tests bring their own):

// Draws one frame of a film, which takes a while. The first is frame 0.
void draw_frame(int number);

// Written by you:

// A task. Draws a film of so many frames, one after another. Before each frame
// it looks whether it was asked to stop.
// Returns how many frames it has drawn, as a number; or, asked to stop, the
// error CF_ECANCELLED with the message "stopped after 2 of 5 frames" (or
// however many there were).
cf_value render(cf_value frames);

// Runs 0 to MOST_JOBS jobs on `pool`, which is the caller's and stays open (so
// no cf_with around it):
//   - all are submitted before you wait for the first;
//   - returns when all are done, or `seconds` after you began to wait, once for
//     all jobs together; it does not wait for what is late;
//   - waits without asking "done yet?" again and again;
//   - outcomes[i] is what came of jobs[i]. If it is done in time, its result or
//     error is kept: what cf_result gives, which lives as long as the pool;
//   - what is late is asked to stop if it runs, and taken back if nobody has
//     begun it.
// Returns how many jobs are late: as many as outcomes that say so.
int submit_batch(cf_executor *pool, const struct job jobs[], int count,
                 double seconds, struct outcome outcomes[]);

#endif
