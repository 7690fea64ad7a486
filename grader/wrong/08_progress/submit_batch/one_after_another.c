// Submits a job when the one before is done or late.

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
    int late = 0;
    for (int i = 0; i < count; i++) {
        cf_future *future = cf_submit(pool, jobs[i].task, jobs[i].arg);
        cf_future *waiting[] = {future};
        cf_wait(waiting, 1, CF_ALL_COMPLETED, seconds);
        outcomes[i].is_late = cf_stop(future);
        if (outcomes[i].is_late) {
            late++;
        } else {
            outcomes[i].result = cf_result(future);
        }
    }
    return late;
}
