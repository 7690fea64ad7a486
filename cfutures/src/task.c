// The tasks that a thread is inside of, and running one.

#include "internal.h"

static _Thread_local struct cfi_frame *current;

struct cfi_frame *cfi_frame_current(void)
{
    return current;
}

bool cfi_frame_is_of_pool(const cf_executor *pool)
{
    // One frame is enough: what runs in place is of the same pool.
    return current != NULL && current->future->pool == pool;
}

bool cfi_frame_is_inside(const cf_future *future)
{
    for (const struct cfi_frame *frame = current; frame; frame = frame->outer) {
        if (frame->future == future) {
            return true;
        }
    }
    return false;
}

static cf_value call(const struct cfi_call *call)
{
    return call->context_task != NULL
               ? call->context_task(call->context, call->arg)
               : call->task(call->arg);
}

void cfi_task_run(cf_future *future)
{
    struct cfi_frame frame = {
        .future = future,
        .outer = current,
        .depth = current == NULL ? 1 : current->depth + 1,
    };
    current = &frame;
    future->result = call(&future->call);
    // While the frame is still current: what is loose in it may be moved.
    // Without memory for a copy, the result becomes the error that says so.
    (void)cfi_give(&future->result, &future->held);
    cfi_owner_free_all(&frame.loose);
    current = frame.outer;
}
