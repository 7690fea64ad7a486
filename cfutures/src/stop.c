// Asking a task to stop: a request that the task looks for, since no thread can
// be ended from outside without harm. A deadline is such a request, made by the
// clock.

#include "internal.h"

#include "process/crew.h"
#include "report.h"

bool cf_stop(cf_future *future)
{
    if (future == NULL) {
        cfi_stop("cf_stop: the future is NULL");
    }
    if (cf_cancel(future)) {
        return true;
    }
    if (cfi_future_is_done(future)) {
        return false;
    }
    // Relaxed: the request carries no data.
    atomic_store_explicit(&future->is_to_stop, true, memory_order_relaxed);
    if (future->pool->crew != NULL) {
        cfi_attendant_ask_to_stop(future);
    }
    return true;
}

bool cfi_deadline_is_over(int64_t deadline)
{
    return deadline > 0 && cfi_port_now() >= deadline;
}

bool cf_stopping(void)
{
    const struct cfi_frame *frame = cfi_frame_current();
    if (frame == NULL || frame->is_to_stop == NULL) {
        return false;
    }
    return atomic_load_explicit(frame->is_to_stop, memory_order_relaxed) ||
           cfi_deadline_is_over(frame->deadline);
}
