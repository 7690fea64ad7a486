// From a task and its arguments to futures in the queue. One call or many, they
// go the same way:
//
//     make     the futures, without the lock
//     admit    as many as there is room for, in one turn under the lock
//     see to   the first that was not admitted: refuse it, wait for room, or
//              run it here; then admit more

#include "internal.h"

#include <errno.h>

#include "map.h"
#include "report.h"

// ----- refusing -----

// Nobody else knows the future yet, so its state needs no lock.
void cfi_refuse_owned(cf_future *future, struct cfi_refusal refusal)
{
    const struct cfi_error_facts facts = {
        .place = cfi_place_in_library("cf_submit"),
        .task = future->call.label,
        .code = refusal.code,
        .cause = refusal.cause,
        .owner = &future->held,
    };
    future->result = cfi_error_create(&facts, "%s", refusal.message);
    future->is_refused = true;
    cfi_future_start(future);
    (void)cfi_future_finish(future, CF_FINISHED);
    cfi_hooks_submit_refused();
    cfi_future_unref(future);  // the run's
}

void cfi_refuse(cf_future *future, struct cfi_refusal refusal)
{
    if (!future->call.is_unwatched) {
        cfi_lock_acquire(&future->pool->lock);
        cfi_owned_add_locked(future->pool, future);
        cfi_lock_release(&future->pool->lock);
    }
    cfi_refuse_owned(future, refusal);
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

// ----- making -----

static void check_call(const cf_executor *pool, const struct cfi_call *call)
{
    if (pool == NULL) {
        cfi_stop("cf_submit: the pool is NULL for the task %s", call->label);
    }
    if (call->task == NULL && call->context_task == NULL) {
        cfi_stop("cf_submit: the task is NULL: %s", call->label);
    }
}

// Can the call go to another process? A map's chunk is a pointer that goes
// item by item.
static bool can_cross(const struct cfi_call *call)
{
    return (!cfi_is_pointer(call->arg) || call->task == cfi_chunk_run) &&
           !cfi_is_pointer(call->context) && !cfi_is_pointer(call->inherited);
}

// A PENDING future, or one that has been refused.
static cf_future *make(cf_executor *pool, const struct cfi_call *call)
{
    if (pool->is_immortal) {
        return refuse_without_future(call, cfi_future_no_pool());
    }
    if (cfi_fork_inherited(pool)) {
        return refuse_without_future(call, cfi_future_forked());
    }
    bool has_arguments;
    cf_future *future = cfi_future_create(pool, call, &has_arguments);
    if (future == NULL) {
        return refuse_without_future(call, cfi_future_no_memory());
    }
    if (!has_arguments) {
        cfi_refuse(future, (struct cfi_refusal){
                               ENOMEM, "no memory for the arguments", NULL});
    } else if (pool->crew != NULL && !can_cross(&future->call)) {
        cfi_refuse(future,
                   (struct cfi_refusal){CF_EPOINTER,
                                        cfi_pointer_sent.error.message, NULL});
    }
    return future;
}

// ----- admitting -----

struct cfi_refusal cfi_refusal_of_locked(const cf_executor *pool)
{
    if (pool->broken.message != NULL) {
        return (struct cfi_refusal){CF_EBROKEN, pool->broken.message,
                                    cf_as_error(pool->broken.cause)};
    }
    if (pool->is_shut_down) {
        return (struct cfi_refusal){
            CF_ESHUTDOWN, "the pool accepts no more tasks: it was shut down",
            NULL};
    }
    return (struct cfi_refusal){0};
}

enum verdict {
    ADMIT,
    REFUSE,
    WAIT_FOR_ROOM,
    RUN_HERE,  // a task of the pool that waited for room might wait for itself
};

static enum verdict verdict_locked(cf_executor *pool, const cf_future *future,
                                   struct cfi_refusal *refusal)
    CFI_REQUIRES(pool->lock)
{
    *refusal = cfi_refusal_of_locked(pool);
    if (refusal->code != 0) {
        return REFUSE;
    }
    if (future->call.due > 0 || !cfi_bound_is_reached_locked(pool)) {
        return ADMIT;
    }
    const bool is_inside =
        cfi_frame_is_of_pool(pool) && cfi_pool_runs_here(pool);
    if (pool->when_full == CF_BLOCK && !is_inside) {
        return WAIT_FOR_ROOM;
    }
    if (pool->when_full == CF_BLOCK &&
        cfi_frame_current()->depth < CFI_DEEPEST_FRAME) {
        return RUN_HERE;
    }
    *refusal = (struct cfi_refusal){
        CF_EFULL, "the pool has as many tasks waiting as max_pending allows",
        NULL};
    return REFUSE;
}

// What was admitted in one turn.
struct admitted {
    size_t all;
    size_t queued;      // of these: not those that start later
    bool is_due_first;  // one of those that do is due before all others
};

static void push_locked(cf_executor *pool, cf_future *future,
                        struct admitted *admitted) CFI_REQUIRES(pool->lock)
{
    if (!future->call.is_unwatched) {
        cfi_owned_add_locked(pool, future);
    }
    if (future->call.due > 0) {
        admitted->is_due_first |= cfi_timers_add_locked(pool, future);
    } else {
        cfi_queue_push_locked(pool, future);
        admitted->queued++;
    }
    admitted->all++;
}

static struct cfi_hands call_hands_locked(cf_executor *pool,
                                          struct admitted admitted)
    CFI_REQUIRES(pool->lock)
{
    struct cfi_hands hands = cfi_hands_call_locked(pool, admitted.queued);
    if (admitted.is_due_first && pool->has_timekeeper) {
        cfi_hands_alarm_locked(pool, &hands);  // it would sleep for too long
    }
    return hands;
}

// Admits futures from the first on, up to one that needs something else.
// Returns how many are seen to.
static size_t admit_some(cf_executor *pool, cf_future **futures, size_t count)
{
    enum verdict verdict = ADMIT;
    struct cfi_refusal refusal;
    struct admitted admitted = {0};
    size_t done = 0;

    cfi_lock_acquire(&pool->lock);
    while (done < count) {
        if (!futures[done]->is_refused) {
            verdict = verdict_locked(pool, futures[done], &refusal);
            if (verdict != ADMIT) {
                break;
            }
            push_locked(pool, futures[done], &admitted);
        }
        done++;
    }
    const struct cfi_hands hands = call_hands_locked(pool, admitted);
    if (verdict == RUN_HERE) {
        push_locked(pool, futures[done], &admitted);
        (void)cfi_queue_claim_locked(pool, futures[done]);
    }
    // In one step with the threads that will run them.
    if (cfi_hooks_enter()) {
        cfi_hooks_submitted_counted(&pool->gauge, &pool->load, admitted.all);
        cfi_hooks_leave();
    }
    cfi_lock_release(&pool->lock);
    cfi_hands_get(pool, hands);

    switch (verdict) {
    case ADMIT:
        break;
    case REFUSE:
        cfi_refuse(futures[done++], refusal);
        break;
    case WAIT_FOR_ROOM:
        cfi_bound_wait(pool);
        break;
    case RUN_HERE:
        cfi_run_claimed(futures[done++]);
        break;
    }
    return done;
}

void cfi_submit(cf_executor *pool, const struct cfi_call *call,
                const cf_value *args, size_t count, cf_future **futures)
{
    check_call(pool, call);
    for (size_t i = 0; i < count; i++) {
        struct cfi_call one = *call;
        one.arg = args[i];
        futures[i] = make(pool, &one);
    }
    const bool is_inert = pool->is_immortal || cfi_fork_inherited(pool);
    size_t done = is_inert ? count : 0;
    while (done < count) {
        done += admit_some(pool, futures + done, count - done);
    }
    cfi_hooks_changed();
}
