// Sends the address of the job to a task that runs it. In another process it
// leads nowhere.

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

static cf_value run_job(cf_value address)
{
    const struct job *job = cf_as_ptr(address);
    return job->task(job->arg);
}

int submit_batch(cf_executor *pool, const struct job jobs[], int count,
                 double seconds, struct outcome outcomes[])
{
    cf_future *futures[MOST_JOBS];
    cf_future *waiting[MOST_JOBS];
    for (int i = 0; i < count; i++) {
        futures[i] = cf_submit(pool, run_job, cf_ptr(&jobs[i]));
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
