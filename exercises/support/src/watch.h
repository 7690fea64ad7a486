// Follows the process of one test while it runs, and notes what can be seen
// from outside. What it means is judge.c's business.

#ifndef WATCH_H
#define WATCH_H

#include "channel.h"

#include <stdbool.h>

// What was seen of a test's process.
struct observed {
    struct buffer words;   // that it wants shown
    struct buffer output;  // the first bytes that it printed
    size_t output_total;
    struct buffer record;  // body of its record; empty: none came
    unsigned char nonce[NONCE_SIZE];
    bool nonce_sent;
    bool not_loaded;    // the code could not be loaded
    bool deadlocked;    // in words: why
    bool came_back;     // a process that the code forked ran the test, too
    bool nonsense;      // something else wrote to the channel
    bool timed_out;     // was still running after its time
    bool flooded;       // printed too much
    bool left_process;  // processes were left behind
    int wait_status;    // as of waitpid
    double seconds;
};

struct watched {
    int process;  // pidfd
    int socket;
    int output;  // reading it never blocks
};

// Returns when the process has ended, or is to be ended by the caller because
// its time is over or it misbehaves. Keeps the first `output_bytes` of what
// it prints.
void watch(const struct watched *watched, double seconds, size_t output_bytes,
           struct observed *observed);

void observed_clear(struct observed *observed);

double seconds_now(void);  // on a clock that only goes forward

#endif
