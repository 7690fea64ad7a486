// Looks at the clock and at each job, again and again.

#include "submit_batch.h"

#include <time.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static bool are_done(cf_future *const futures[], int count)
{
    for (int i = 0; i < count; i++) {
        if (!cf_done(futures[i])) {
            return false;
        }
    }
    return true;
}

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
    for (int i = 0; i < count; i++) {
        futures[i] = cf_submit(pool, jobs[i].task, jobs[i].arg);
    }
    const double end = now() + seconds;
    while (!are_done(futures, count) && now() < end) {
    }
    int late = 0;
    for (int i = 0; i < count; i++) {
        outcomes[i].is_late = cf_stop(futures[i]);
        if (outcomes[i].is_late) {
            late++;
        } else {
            outcomes[i].result = cf_result(futures[i]);
        }
    }
    return late;
}
