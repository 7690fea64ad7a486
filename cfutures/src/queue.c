// The pool's books: which futures are queued, and which does the pool own.
// Everything here is short, and under the pool's lock.

#include "internal.h"

void cfi_queue_push_locked(cf_executor *pool, cf_future *future)
{
    future->previous_queued = pool->last_queued;
    future->next_queued = NULL;
    if (pool->last_queued != NULL) {
        pool->last_queued->next_queued = future;
    } else {
        pool->first_queued = future;
    }
    pool->last_queued = future;
    future->place = CFI_IN_QUEUE;
    pool->load.queued++;
    cfi_queue_count_locked(pool, future);
}

void cfi_queue_count_locked(cf_executor *pool, cf_future *future)
{
    pool->load.unfinished += !future->counts_unfinished;
    future->counts_unfinished = true;
}

static void unlink_queued_locked(cf_executor *pool, cf_future *future)
{
    if (future->previous_queued != NULL) {
        future->previous_queued->next_queued = future->next_queued;
    } else {
        pool->first_queued = future->next_queued;
    }
    if (future->next_queued != NULL) {
        future->next_queued->previous_queued = future->previous_queued;
    } else {
        pool->last_queued = future->previous_queued;
    }
    pool->load.queued--;
    future->place = CFI_IN_NO_LIST;
}

cf_future *cfi_queue_claim_locked(cf_executor *pool, cf_future *future)
{
    if (future->place == CFI_IN_QUEUE) {
        unlink_queued_locked(pool, future);
    } else if (future->place == CFI_IN_TIMERS) {
        cfi_timers_remove_locked(pool, future);
    } else {
        return NULL;
    }
    cfi_future_start(future);
    return future;
}

cf_future *cfi_queue_claim_first_locked(cf_executor *pool)
{
    cf_future *first = pool->first_queued;
    return first == NULL ? NULL : cfi_queue_claim_locked(pool, first);
}

cf_future *cfi_queue_claim_any_locked(cf_executor *pool)
{
    if (pool->first_queued == NULL && pool->timers != NULL) {
        cf_future *early = pool->timers;
        cfi_timers_remove_locked(pool, early);
        cfi_queue_push_locked(pool, early);
    }
    return cfi_queue_claim_first_locked(pool);
}

cf_future *cfi_queue_first_locked(const cf_executor *pool)
{
    return pool->first_queued != NULL ? pool->first_queued : pool->timers;
}

cf_future *cfi_queue_first_of_chain_locked(cf_future *future)
{
    while (future != NULL && future->place == CFI_BEHIND_HEAD) {
        future = future->head;
    }
    return future != NULL && (future->place == CFI_IN_QUEUE ||
                              future->place == CFI_IN_TIMERS)
               ? future
               : NULL;
}

bool cfi_queue_cancel_locked(cf_executor *pool, cf_future *future,
                             struct cfi_afterwards *afterwards)
{
    switch (future->place) {
    case CFI_IN_NO_LIST:
        return false;
    case CFI_IN_QUEUE:
        unlink_queued_locked(pool, future);
        break;
    case CFI_IN_TIMERS:
        cfi_timers_remove_locked(pool, future);
        break;
    case CFI_IN_PROMISES:
        cfi_promise_remove_locked(pool, future);
        break;
    case CFI_BEHIND_HEAD:
        future->place = CFI_IN_NO_LIST;
        break;
    }
    future->result = cfi_error_static(&cfi_cancelled);
    *afterwards = cfi_settle_locked(pool, future, CF_CANCELLED);
    return true;
}

void cfi_owned_add_locked(cf_executor *pool, cf_future *future)
{
    future->previous_owned = NULL;
    future->next_owned = pool->owned;
    if (pool->owned != NULL) {
        pool->owned->previous_owned = future;
    }
    pool->owned = future;
}

void cfi_owned_remove_locked(cf_executor *pool, cf_future *future)
{
    if (future->previous_owned != NULL) {
        future->previous_owned->next_owned = future->next_owned;
    } else {
        pool->owned = future->next_owned;
    }
    if (future->next_owned != NULL) {
        future->next_owned->previous_owned = future->previous_owned;
    }
}
