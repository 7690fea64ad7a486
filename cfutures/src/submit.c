// Submitting: from a task and its arguments to a future in the queue.

#include "internal.h"

#include <errno.h>

#include "report.h"

// Why a task is not taken. Code 0: it is.
struct refusal {
    int code;
    const char *message;
    const cf_error *cause;  // or NULL
};

// Ends a future that never was in the queue with an error. Nobody else knows
// it yet, so its state needs no lock.
static cf_future *refuse(cf_future *future, struct refusal refusal)
{
    const struct cfi_error_facts facts = {
        .place = cfi_place_in_library("cf_submit"),
        .task = future->call.label,
        .code = refusal.code,
        .cause = refusal.cause,
        .owner = &future->held,
    };
    future->result = cfi_error_create(&facts, "%s", refusal.message);
    cfi_future_start(future);
    (void)cfi_future_finish(future, CF_FINISHED);

    cfi_lock_acquire(&future->pool->lock);
    cfi_owned_add_locked(future->pool, future);
    cfi_lock_release(&future->pool->lock);
    cfi_hooks_submit_refused();
    cfi_future_unref(future);  // the run's
    return future;
}

// Without memory for the future itself: the arguments are given away even so.
static cf_future *refuse_without_future(const struct cfi_call *call,
                                        cf_future *immortal)
{
    cf_free(call->context);
    if (call->arg.private_bits != call->context.private_bits) {
        cf_free(call->arg);
    }
    cfi_hooks_submit_refused();
    return immortal;
}

// What admitting a task leads to, once the lock has been given back.
struct admission {
    struct refusal refusal;  // then nothing has been done
    struct cfi_hands hands;
};

static struct refusal refusal_of_locked(const cf_executor *pool)
    CFI_REQUIRES(pool->lock)
{
    if (pool->broken.message != NULL) {
        return (struct refusal){CF_EBROKEN, pool->broken.message,
                                cf_as_error(pool->broken.cause)};
    }
    if (pool->is_shut_down) {
        return (struct refusal){
            CF_ESHUTDOWN, "the pool accepts no more tasks: it was shut down",
            NULL};
    }
    return (struct refusal){0};
}

static struct admission admit(cf_executor *pool, cf_future *future)
{
    struct admission admission = {.hands = {0}};
    cfi_lock_acquire(&pool->lock);
    admission.refusal = refusal_of_locked(pool);
    if (admission.refusal.code != 0) {
        cfi_lock_release(&pool->lock);
        return admission;
    }
    cfi_owned_add_locked(pool, future);
    cfi_queue_push_locked(pool, future);
    admission.hands = cfi_hands_call_locked(pool, 1);
    if (cfi_hooks_enter()) {
        cfi_hooks_submitted_counted(&pool->gauge, &pool->load);
        cfi_hooks_leave();
    }
    cfi_lock_release(&pool->lock);
    return admission;
}

static void check_call(const cf_executor *pool, const struct cfi_call *call)
{
    if (pool == NULL) {
        cfi_stop("cf_submit: the pool is NULL for the task %s", call->label);
    }
    if (call->task == NULL && call->context_task == NULL) {
        cfi_stop("cf_submit: the task is NULL: %s", call->label);
    }
}

static cf_future *submit(cf_executor *pool, const struct cfi_call *call)
{
    check_call(pool, call);
    if (pool->is_immortal) {
        return refuse_without_future(call, cfi_future_no_pool());
    }
    bool has_arguments;
    cf_future *future = cfi_future_create(pool, call, &has_arguments);
    if (future == NULL) {
        return refuse_without_future(call, cfi_future_no_memory());
    }
    if (!has_arguments) {
        return refuse(future, (struct refusal){
                                  ENOMEM, "no memory for the arguments", NULL});
    }
    const struct admission admission = admit(pool, future);
    if (admission.refusal.code != 0) {
        return refuse(future, admission.refusal);
    }
    cfi_hands_get(pool, admission.hands);
    cfi_hooks_changed();
    return future;
}

cf_future *cf_submit_value(cf_executor *pool, cf_task task, cf_value arg,
                           const char *label)
{
    const struct cfi_call call = {.task = task, .arg = arg, .label = label};
    return submit(pool, &call);
}

cf_future *cf_submit_value_with(cf_executor *pool, cf_context_task task,
                                cf_value context, cf_value arg,
                                const char *label)
{
    const struct cfi_call call = {
        .context_task = task, .context = context, .arg = arg, .label = label};
    return submit(pool, &call);
}
