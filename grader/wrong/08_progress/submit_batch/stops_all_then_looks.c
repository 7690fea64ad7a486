// Stops all, and asks only then which are done. What was taken back is done,
// too: its result is an error.

#include "submit_batch.h"

cf_value render(cf_value frames)
{
    const int count = (int)cf_as_int(frames);
    for (int i = 0; i < count; i++) {
        if (cf_stopping()) {
            return cf_fail(CF_ECANCELLED, "stopped after %d of %d frames", i,
                           count);
        }
        draw_frame(i);
    }
    return cf_int(count);
}

int submit_batch(cf_executor *pool, const struct job jobs[], int count,
                 double seconds, struct outcome outcomes[])
{
    cf_future *futures[MOST_JOBS];
    cf_future *waiting[MOST_JOBS];
    for (int i = 0; i < count; i++) {
        futures[i] = cf_submit(pool, jobs[i].task, jobs[i].arg);
        waiting[i] = futures[i];
    }
    cf_wait(waiting, (size_t)count, CF_ALL_COMPLETED, seconds);
    for (int i = 0; i < count; i++) {
        cf_stop(futures[i]);
    }
    int late = 0;
    for (int i = 0; i < count; i++) {
        outcomes[i].is_late = !cf_done(futures[i]);
        if (outcomes[i].is_late) {
            late++;
        } else {
            outcomes[i].result = cf_result(futures[i]);
        }
    }
    return late;
}
