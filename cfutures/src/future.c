// The future as an object: its state word, who owns it, and what can be asked
// without waiting. The states are drawn in internal.h; waiting is in result.c.

#include "internal.h"

#include "report.h"
#include "system.h"

// ----- futures that need no memory -----

static cf_future future_no_memory = {
    .immortal = &cfi_no_memory,
    .is_refused = true,
    .word = CF_FINISHED,
};
static cf_future future_no_pool = {
    .immortal = &cfi_no_pool,
    .is_refused = true,
    .word = CF_FINISHED,
};

static cf_future future_no_pool_any_more = {
    .immortal = &cfi_no_pool_any_more,
    .word = CF_FINISHED,
};

cf_future *cfi_future_no_memory(void)
{
    return &future_no_memory;
}
static cf_future future_forked = {
    .immortal = &cfi_forked,
    .is_refused = true,
    .word = CF_FINISHED,
};

cf_future *cfi_future_forked(void)
{
    return &future_forked;
}

cf_future *cfi_future_no_pool(void)
{
    return &future_no_pool;
}

cf_future *cfi_future_no_pool_any_more(void)
{
    return &future_no_pool_any_more;
}

// ----- life -----

cf_future *cfi_future_create(cf_executor *pool, const struct cfi_call *call,
                             bool *has_arguments)
{
    cf_future *future = cfi_system.allocate(sizeof *future);
    if (future == NULL) {
        return NULL;
    }
    *future = (cf_future){.pool = pool, .call = *call};
    atomic_init(&future->word, CF_PENDING);
    atomic_init(&future->references, 2);  // the run, the owner
    atomic_init(&future->keeps, 0);
    atomic_init(&future->holds_pool, false);
    atomic_init(&future->is_to_stop, false);
    future->call.inherited = cf_context();
    const bool has_context = cfi_give(&future->call.context, &future->held);
    const bool has_arg = cfi_give(&future->call.arg, &future->held);
    const bool inherits = cfi_give(&future->call.inherited, &future->held);
    *has_arguments = has_context && has_arg && inherits;
    return future;
}

void cfi_future_ref(cf_future *future)
{
    // Relaxed: whoever calls has a reference already, or the pool's lock.
    atomic_fetch_add_explicit(&future->references, 1, memory_order_relaxed);
}

static void destroy(cf_future *future)
{
    cfi_owner_free_all(&future->held);
    if (atomic_load_explicit(&future->holds_pool, memory_order_relaxed)) {
        cfi_executor_unref(future->pool);
    }
    cfi_system.release(future);
}

void cfi_future_unref(cf_future *future)
{
    // Each release pairs with the acquire of the last one, which therefore
    // frees what nobody is still using. In a loop, because a chain is as long
    // as it likes.
    while (future != NULL &&
           atomic_fetch_sub_explicit(&future->references, 1,
                                     memory_order_acq_rel) == 1) {
        cf_future *source = future->source;
        destroy(future);
        future = source;
    }
}

// A kept future may be asked for anything while its pool is being closed, or
// is closed: the pool's lock has to outlive it.
static void hold_pool(cf_future *future)
{
    // Relaxed: whoever keeps a future for the first time may use its pool, so
    // it is there; references order the end.
    if (!atomic_exchange_explicit(&future->holds_pool, true,
                                  memory_order_relaxed)) {
        atomic_fetch_add_explicit(&future->pool->references, 1,
                                  memory_order_relaxed);
    }
}

cf_future *cf_keep(cf_future *future)
{
    if (future == NULL) {
        cfi_stop("cf_keep: the future is NULL");
    }
    if (future->immortal == NULL) {
        // Relaxed: whoever calls has a reference already.
        atomic_fetch_add_explicit(&future->references, 1, memory_order_relaxed);
        atomic_fetch_add_explicit(&future->keeps, 1, memory_order_relaxed);
        hold_pool(future);
    }
    return future;
}

// Undoes one cf_keep. False: there is none to undo.
static bool undo_keep(cf_future *future)
{
    uint32_t keeps = atomic_load_explicit(&future->keeps, memory_order_relaxed);
    while (keeps > 0) {
        // Relaxed: it counts only; the reference orders.
        if (atomic_compare_exchange_weak_explicit(
                &future->keeps, &keeps, keeps - 1, memory_order_relaxed,
                memory_order_relaxed)) {
            return true;
        }
    }
    return false;
}

void cf_release(cf_future *future)
{
    if (future == NULL || future->immortal != NULL) {
        return;
    }
    if (!undo_keep(future)) {
        cf_executor *pool = future->pool;
        if (cfi_fork_inherited(pool)) {
            return;  // its memory stays until the child ends
        }
        cfi_lock_acquire(&pool->lock);
        cfi_owned_remove_locked(pool, future);
        cfi_lock_release(&pool->lock);
    }
    cfi_future_unref(future);
}

// ----- the state word -----

static enum cf_state state_of(uint32_t word)
{
    return (enum cf_state)(word & CFI_STATE_MASK);
}

enum cf_state cfi_future_state(const cf_future *future)
{
    // Acquire: whoever sees a final state sees the result; pairs with the
    // release in cfi_future_finish.
    return state_of(atomic_load_explicit(&future->word, memory_order_acquire));
}

static bool is_final(enum cf_state state)
{
    switch (state) {
    case CF_PENDING:
    case CF_RUNNING:
        return false;
    case CF_FINISHED:
    case CF_CANCELLED:
        break;
    }
    return true;
}

bool cfi_future_is_done(const cf_future *future)
{
    // In a forked child, what is not done will not be.
    return is_final(cfi_future_state(future)) ||
           cfi_fork_inherited(future->pool);
}

void cfi_future_start(cf_future *future)
{
    _Static_assert(CF_PENDING == 0, "setting RUNNING's bits makes it RUNNING");
    // Relaxed: the lock, or the caller's privacy, orders.
    atomic_fetch_or_explicit(&future->word, CF_RUNNING, memory_order_relaxed);
}

bool cfi_future_has_sleeper(const cf_future *future)
{
    return (atomic_load_explicit(&future->word, memory_order_relaxed) &
            CFI_SOMEBODY_PARKED) != 0;
}

bool cfi_future_finish(cf_future *future, enum cf_state state)
{
    // Release: publishes the result; pairs with the acquire loads in
    // cfi_future_state and cfi_future_park.
    const uint32_t before = atomic_exchange_explicit(
        &future->word, (uint32_t)state, memory_order_release);
    return (before & CFI_SOMEBODY_PARKED) != 0;
}

void cfi_future_wake(cf_future *future)
{
    cfi_port_wake(&future->word, CFI_WAKE_ALL);
}

bool cfi_future_park(cf_future *future, int64_t deadline)
{
    bool has_time = true;
    for (;;) {
        uint32_t word =
            atomic_load_explicit(&future->word, memory_order_acquire);
        if (is_final(state_of(word))) {
            return true;
        }
        if (!has_time) {
            return false;
        }
        // Announce before sleeping: the finisher's exchange sees either this
        // flag, and wakes, or comes first, and then the CAS fails. Relaxed: the
        // flag carries no data.
        const uint32_t parked = word | CFI_SOMEBODY_PARKED;
        if (word == parked || atomic_compare_exchange_weak_explicit(
                                  &future->word, &word, parked,
                                  memory_order_relaxed, memory_order_relaxed)) {
            has_time = cfi_port_wait(&future->word, parked, deadline);
        }
    }
}

// ----- what can be asked without waiting -----

cf_value cfi_future_result(const cf_future *future)
{
    if (future->immortal != NULL) {
        return cfi_error_static(future->immortal);
    }
    return is_final(cfi_future_state(future)) ? future->result
                                              : cfi_error_static(&cfi_forked);
}

void cfi_check_futures(const char *function, cf_future **futures, size_t count)
{
    if (futures == NULL && count > 0) {
        cfi_stop("%s: the array of futures is NULL", function);
    }
    for (size_t i = 0; i < count; i++) {
        if (futures[i] == NULL) {
            cfi_stop("%s: the future number %zu of %zu is NULL", function,
                     i + 1, count);
        }
    }
}

static enum cf_state ask(const cf_future *future, const char *function)
{
    if (future == NULL) {
        cfi_stop("%s: the future is NULL", function);
    }
    const enum cf_state state = cfi_future_state(future);
    if (!is_final(state)) {
        cfi_hooks_polled();
    }
    return state;
}

bool cf_done(const cf_future *future)
{
    return is_final(ask(future, "cf_done"));
}

bool cf_running(const cf_future *future)
{
    return ask(future, "cf_running") == CF_RUNNING;
}

bool cf_cancelled(const cf_future *future)
{
    return ask(future, "cf_cancelled") == CF_CANCELLED;
}
