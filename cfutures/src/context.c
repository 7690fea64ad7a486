// The context of a thread: a value that each task inherits from where it was
// submitted.
//
// Outside of tasks it is the thread's. A task begins with what was captured
// when it was submitted, which its future holds; what it sets itself ends with
// it.

#include "internal.h"

static _Thread_local struct cfi_context of_thread;

static struct cfi_context *current(void)
{
    struct cfi_frame *frame = cfi_frame_current();
    return frame == NULL ? &of_thread : &frame->context;
}

cf_value cf_context(void)
{
    return current()->value;
}

bool cf_set_context_value(cf_value value)
{
    struct cfi_context *context = current();
    struct cfi_owner *before = &context->held[context->holder];
    context->holder = 1 - context->holder;
    const bool has_memory = cfi_give(&value, &context->held[context->holder]);
    context->value = value;
    cfi_owner_free_all(before);
    return has_memory;
}

void cfi_context_end(struct cfi_context *context)
{
    cfi_owner_free_all(&context->held[0]);
    cfi_owner_free_all(&context->held[1]);
}
