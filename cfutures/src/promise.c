// Promises: futures whose result is set by hand. Until then they are PENDING,
// and lie in the pool's list of promises in place of its queue.

#include "internal.h"

#include <errno.h>

#include "report.h"

bool cfi_future_is_promise(const cf_future *future)
{
    return future->immortal == NULL && future->call.task == NULL &&
           future->call.context_task == NULL;
}

// ----- the pool's list -----

static void add_locked(cf_executor *pool, cf_future *promise)
    CFI_REQUIRES(pool->lock)
{
    promise->place = CFI_IN_PROMISES;
    promise->previous_queued = NULL;
    promise->next_queued = pool->first_promise;
    if (pool->first_promise != NULL) {
        pool->first_promise->previous_queued = promise;
    }
    pool->first_promise = promise;
}

void cfi_promise_remove_locked(cf_executor *pool, cf_future *promise)
{
    if (promise->previous_queued != NULL) {
        promise->previous_queued->next_queued = promise->next_queued;
    } else {
        pool->first_promise = promise->next_queued;
    }
    if (promise->next_queued != NULL) {
        promise->next_queued->previous_queued = promise->previous_queued;
    }
    promise->place = CFI_IN_NO_LIST;
}

// Makes it RUNNING: from here on it is the caller's to end.
static bool claim_locked(cf_executor *pool, cf_future *promise)
    CFI_REQUIRES(pool->lock)
{
    if (promise == NULL || promise->place != CFI_IN_PROMISES) {
        return false;
    }
    cfi_promise_remove_locked(pool, promise);
    cfi_queue_count_locked(pool, promise);  // until it is done, and called back
    cfi_future_start(promise);
    return true;
}

static void end(cf_executor *pool, cf_future *promise)
{
    cfi_lock_acquire(&pool->lock);
    const struct cfi_afterwards afterwards =
        cfi_settle_locked(pool, promise, CF_FINISHED);
    cfi_lock_release(&pool->lock);
    cfi_settle_announce(pool, promise, afterwards);
}

// ----- making -----

cf_future *cf_promise_create(cf_executor *pool, const char *label)
{
    if (pool == NULL) {
        cfi_stop("cf_promise: the pool is NULL for %s", label);
    }
    if (cfi_fork_inherited(pool)) {
        cfi_hooks_submit_refused();
        return cfi_future_forked();
    }
    const struct cfi_call call = {.label = label};
    bool has_arguments;
    cf_future *promise = pool->is_immortal
                             ? NULL
                             : cfi_future_create(pool, &call, &has_arguments);
    if (promise == NULL) {
        cfi_hooks_submit_refused();
        return pool->is_immortal ? cfi_future_no_pool()
                                 : cfi_future_no_memory();
    }
    cfi_lock_acquire(&pool->lock);
    const struct cfi_refusal refusal = cfi_refusal_of_locked(pool);
    if (refusal.code == 0) {
        cfi_owned_add_locked(pool, promise);
        add_locked(pool, promise);
    }
    cfi_lock_release(&pool->lock);
    if (refusal.code != 0) {
        cfi_refuse(promise, refusal);
    }
    return promise;
}

// ----- keeping -----

bool cf_set_result_value(cf_future *promise, cf_value result)
{
    if (promise == NULL) {
        cfi_stop("cf_set_result: the promise is NULL");
    }
    if (promise->immortal == NULL && !cfi_future_is_promise(promise)) {
        cfi_stop("cf_set_result: this is no promise, but the future of a task, "
                 "which sets its result itself: %s",
                 promise->call.label);
    }
    bool is_mine = false;
    if (!cfi_future_is_done(promise)) {
        cf_executor *pool = promise->pool;
        cfi_lock_acquire(&pool->lock);
        is_mine = claim_locked(pool, promise);
        cfi_lock_release(&pool->lock);
    }
    if (!is_mine) {
        cf_free(result);
        return false;
    }
    promise->result = result;
    // Without memory for a copy, the result is the error that says so.
    (void)cfi_give(&promise->result, &promise->held);
    end(promise->pool, promise);
    return true;
}

// ----- the pool is closed -----

cf_future *cfi_promise_claim_first_locked(cf_executor *pool)
{
    cf_future *promise = pool->first_promise;
    return claim_locked(pool, promise) ? promise : NULL;
}

void cfi_promise_break(cf_future *promise)
{
    const struct cfi_error_facts facts = {
        .place = cfi_place_in_library("cf_close"),
        .task = promise->call.label,
        .code = CF_ESHUTDOWN,
        .owner = &promise->held,
    };
    promise->result = cfi_error_create(
        &facts, "the pool was closed, and the promise had no result");
    end(promise->pool, promise);
}
