// The film looks before it begins, and not again.

#include "submit_batch.h"

cf_value render(cf_value frames)
{
    const int count = (int)cf_as_int(frames);
    if (cf_stopping()) {
        return cf_fail(CF_ECANCELLED, "stopped after 0 of %d frames", count);
    }
    for (int i = 0; i < count; i++) {
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
