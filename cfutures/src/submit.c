// Submitting, in all the ways that there are. What they have in common is in
// admit.c.

#include "internal.h"

#include "log.h"

static cf_future *submit_one(cf_executor *pool, const struct cfi_call *call)
{
    cf_future *future;
    cfi_submit(pool, call, &call->arg, 1, &future);
    return future;
}

// ----- at once -----

cf_future *cf_submit_value(cf_executor *pool, cf_task task, cf_value arg,
                           const char *label)
{
    const struct cfi_call call = {.task = task, .arg = arg, .label = label};
    return submit_one(pool, &call);
}

cf_future *cf_submit_value_with(cf_executor *pool, cf_context_task task,
                                cf_value context, cf_value arg,
                                const char *label)
{
    const struct cfi_call call = {
        .context_task = task, .context = context, .arg = arg, .label = label};
    return submit_one(pool, &call);
}

void cf_submit_values(cf_executor *pool, cf_task task, const cf_value *args,
                      size_t count, cf_future **futures, const char *label)
{
    const struct cfi_call call = {.task = task, .label = label};
    cfi_submit(pool, &call, args, count, futures);
}

void cf_submit_values_with(cf_executor *pool, cf_context_task task,
                           cf_value context, const cf_value *args, size_t count,
                           cf_future **futures, const char *label)
{
    const struct cfi_call call = {
        .context_task = task, .context = context, .label = label};
    cfi_submit(pool, &call, args, count, futures);
}

// ----- with a time -----

// When a task is due that has to wait so many seconds: 0 for at once.
static int64_t due_after(double seconds)
{
    return seconds > 0 ? cfi_port_deadline(seconds) : 0;
}

cf_future *cf_after_value(cf_executor *pool, double seconds, cf_task task,
                          cf_value arg, const char *label)
{
    const struct cfi_call call = {
        .task = task, .arg = arg, .label = label, .due = due_after(seconds)};
    return submit_one(pool, &call);
}

cf_future *cf_after_value_with(cf_executor *pool, double seconds,
                               cf_context_task task, cf_value context,
                               cf_value arg, const char *label)
{
    const struct cfi_call call = {.context_task = task,
                                  .context = context,
                                  .arg = arg,
                                  .label = label,
                                  .due = due_after(seconds)};
    return submit_one(pool, &call);
}

cf_future *cf_submit_value_within(cf_executor *pool, cf_task task, cf_value arg,
                                  double seconds, const char *label)
{
    const struct cfi_call call = {.task = task,
                                  .arg = arg,
                                  .label = label,
                                  .deadline = cfi_port_deadline(seconds)};
    return submit_one(pool, &call);
}

cf_future *cf_submit_value_within_with(cf_executor *pool, cf_context_task task,
                                       cf_value context, cf_value arg,
                                       double seconds, const char *label)
{
    const struct cfi_call call = {.context_task = task,
                                  .context = context,
                                  .arg = arg,
                                  .label = label,
                                  .deadline = cfi_port_deadline(seconds)};
    return submit_one(pool, &call);
}

// ----- without a future -----

static bool execute(cf_executor *pool, struct cfi_call *call)
{
    call->is_unwatched = true;
    cf_future *future = submit_one(pool, call);
    const bool is_refused = future->is_refused;
    if (is_refused) {
        cfi_log_failure(cfi_future_result(future), "The task", call->label);
    }
    if (future->immortal == NULL) {
        cfi_future_unref(future);
    }
    return !is_refused;
}

bool cf_execute_value(cf_executor *pool, cf_task task, cf_value arg,
                      const char *label)
{
    struct cfi_call call = {.task = task, .arg = arg, .label = label};
    return execute(pool, &call);
}

bool cf_execute_value_with(cf_executor *pool, cf_context_task task,
                           cf_value context, cf_value arg, const char *label)
{
    struct cfi_call call = {
        .context_task = task, .context = context, .arg = arg, .label = label};
    return execute(pool, &call);
}
