// Solution of 08_progress/submit_batch.

#include "submit_batch.h"

cf_value render(cf_value frames)
{
    const int count = (int)cf_as_int(frames);
    for (int i = 0; i < count; i++) {
        // Before each frame: the request may come at any time. Tempting: to
        // look once at the beginning, or not at all. Nobody can stop such a
        // task, and the end of its pool waits for the whole film.
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
    // cf_wait sorts its array, so that futures[i] would be any job's; it gets
    // one of its own.
    cf_future *futures[MOST_JOBS];
    cf_future *waiting[MOST_JOBS];
    for (int i = 0; i < count; i++) {
        futures[i] = cf_submit(pool, jobs[i].task, jobs[i].arg);
        waiting[i] = futures[i];
    }
    cf_wait(waiting, (size_t)count, CF_ALL_COMPLETED, seconds);

    int late = 0;
    for (int i = 0; i < count; i++) {
        // Asks, and decides: false means that the job is done, and stays so.
        // Tempting: to count with what cf_wait returned. A job may have got
        // done since; then the number and the outcomes contradict each other.
        outcomes[i].is_late = cf_stop(futures[i]);
        if (outcomes[i].is_late) {
            // Tempting: cf_result, to see it end. That is the wait for which
            // there is no time.
            late++;
        } else {
            outcomes[i].result = cf_result(futures[i]);
        }
    }
    return late;
}
