// The tasks that a thread is inside of, and running one.

#include "internal.h"

#include "log.h"
#include "process/crew.h"

static _Thread_local struct cfi_frame *current;

struct cfi_frame *cfi_frame_current(void)
{
    return current;
}

void cfi_frame_forget(void)
{
    current = NULL;
}

bool cfi_frame_is_of_pool(const cf_executor *pool)
{
    for (const struct cfi_frame *frame = current; frame; frame = frame->outer) {
        if (frame->pool == pool) {
            return true;
        }
    }
    return false;
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

size_t cfi_frame_tasks_of(const cf_executor *pool)
{
    size_t tasks = 0;
    for (const struct cfi_frame *frame = current; frame; frame = frame->outer) {
        tasks += frame->pool == pool && frame->future != NULL;
    }
    return tasks;
}

cf_executor *cfi_frame_worker_of(void)
{
    // The outermost frame is the worker's own; the others may be of any pool.
    const struct cfi_frame *frame = current;
    while (frame != NULL && frame->outer != NULL) {
        frame = frame->outer;
    }
    return frame == NULL || frame->is_guest || cfi_fork_inherited(frame->pool)
               ? NULL
               : frame->pool;
}

static cf_value invoke(const struct cfi_call *call)
{
    return call->context_task != NULL
               ? call->context_task(call->context, call->arg)
               : call->task(call->arg);
}

static void enter(struct cfi_frame *frame)
{
    frame->outer = current;
    frame->depth = current == NULL ? 1 : current->depth + 1;
    current = frame;
}

static void leave(struct cfi_frame *frame)
{
    cfi_owner_free_all(&frame->loose);
    cfi_context_end(&frame->context);
    current = frame->outer;
}

static void run(struct cfi_frame *frame, const struct cfi_call *call,
                cf_value *result, struct cfi_owner *owner)
{
    frame->label = call->label;
    enter(frame);
    *result = invoke(call);
    if (cfi_fork_inherited(frame->pool)) {
        pthread_exit(NULL);  // the task has forked; this is the child's end
    }
    if (call->passes_arg && !cf_failed(*result)) {
        *result = call->arg;
    }
    // While the frame is still current: what is loose in it may be moved.
    // Without memory for a copy, the result becomes the error that says so.
    (void)cfi_give(result, owner);
    leave(frame);
}

// The result of a task that is too late to begin.
static cf_value too_late(cf_future *future)
{
    const struct cfi_error_facts facts = {
        .place = cfi_place_in_library("cf_submit_within"),
        .task = future->call.label,
        .code = CF_EDEADLINE,
        .owner = &future->held,
    };
    return cfi_error_create(
        &facts, "the deadline was over before the task's turn came");
}

void cfi_task_run(cf_future *future)
{
    struct cfi_frame frame = {.pool = future->pool,
                              .future = future,
                              .is_to_stop = &future->is_to_stop,
                              .deadline = future->call.deadline,
                              .context = {.value = future->call.inherited}};
    if (cfi_deadline_is_over(future->call.deadline)) {
        future->result = too_late(future);
    } else if (future->pool->crew != NULL) {
        cfi_attendant_run(future);
    } else {
        run(&frame, &future->call, &future->result, &future->held);
    }
    if (future->call.is_unwatched) {
        cfi_log_failure(future->result, "The task", future->call.label);
    }
}

cf_value cfi_task_run_in(struct cfi_frame *frame, const struct cfi_call *call,
                         struct cfi_owner *owner)
{
    cf_value result;
    run(frame, call, &result, owner);
    return result;
}

cf_value cfi_task_run_aside(cf_executor *pool, const struct cfi_call *call,
                            struct cfi_owner *owner)
{
    struct cfi_frame frame = {.pool = pool};
    return cfi_task_run_in(&frame, call, owner);
}

void cfi_task_call_back(cf_future *future, cf_callback *function,
                        cf_value context, bool is_guest)
{
    struct cfi_frame frame = {
        .pool = future->pool,
        .label = future->call.label,
        .is_callback = true,
        .is_guest = is_guest,
        .context = {.value = future->call.inherited},
    };
    cfi_attendant_call_back_begins();
    enter(&frame);
    function(future, context);
    leave(&frame);
    cfi_attendant_call_back_ends();
}
