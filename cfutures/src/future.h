// The future: the task, its place in the queue, the state and the result in one
// object.

#ifndef CFI_FUTURE_H
#define CFI_FUTURE_H

#include <cfutures.h>
#include <stdatomic.h>

#include "port.h"
#include "value.h"

#pragma GCC visibility push(hidden)

// The state word: a state in the low bits, flags above.
//
//     PENDING ----> RUNNING ----> FINISHED
//        :                           (final)
//        :........> CANCELLED        (final)
//
// PENDING -> RUNNING    by whoever takes the future out of the queue, sets a
//                       promise, or skips a continuation
// RUNNING -> FINISHED   by whoever ran it
// PENDING -> CANCELLED  by whoever takes it out of the queue for good
//
// All under the pool's lock. Becoming final is one exchange that also fetches
// the flags; the result is written before, and never again. What is in the
// queue is PENDING, and so are promises, and continuations whose head is not
// done.
//
// The flag is set by whoever is about to sleep on the word, by CAS, without a
// lock, and only while the state is not final. Watches and callbacks need none:
// their lists are under the lock.

enum {
    CFI_STATE_MASK = 0x0f,       // enum cf_state
    CFI_SOMEBODY_PARKED = 0x10,  // sleeps on the word
};

// What is to be run.
struct cfi_call {
    cf_task task;                  // this one, or the next
    cf_context_task context_task;  // NULL: `task` counts
    cf_value context;
    cf_value arg;
    bool passes_arg;     // cf_finally: the result is arg, unless the task fails
    const char *label;   // a literal: "greet, submitted at greeter.c:12"
    int64_t due;         // not before, on cfi_port_now's clock; 0: at once
    int64_t deadline;    // not after, likewise; 0: none
    cf_value inherited;  // the submitter's cf_context(), held like arg
    bool is_unwatched;   // cf_execute's: nobody has the future
};

// Where a PENDING future is.
enum cfi_place {
    CFI_IN_NO_LIST,  // not yet, or not any more
    CFI_IN_QUEUE,
    CFI_IN_TIMERS,    // its time has not come
    CFI_IN_PROMISES,  // has no task; see promise.c
    CFI_BEHIND_HEAD,  // a continuation, see chain.c
};

struct cf_future {
    // Set before anybody else sees the future, then read only.
    // `pool` may be closed when the task is done: then only its lock is left,
    // and that only for a future that was kept.
    cf_executor *pool;
    struct cfi_call call;  // context and arg are held, see `held`
    // Not NULL: this future is static, and its result is this error. Keep and
    // release do nothing.
    const struct cfi_error_link *immortal;
    bool is_refused;  // was never in the queue: its result is the reason

    // Atomic: see above.
    cfi_word word;

    // Atomic. References: one of the run (queue, then who runs it), one of the
    // owner (the pool, until cf_release or cf_close), one for each cf_keep.
    // `keeps` counts the last kind, so that cf_release knows what it undoes.
    _Atomic uint32_t references;
    _Atomic uint32_t keeps;
    atomic_bool is_to_stop;  // asked for by cf_stop
    atomic_bool holds_pool;  // kept once: has a reference to the pool

    // NULL, or who owns what a cf_take put into `call.arg`. Set before the task
    // runs.
    struct cf_future *source;

    // Written by the submitter, then by whoever runs the task, then read only.
    cf_value result;
    struct cfi_owner held;

    // pool->lock guards:
    enum cfi_place place;
    struct cf_future *next_queued;
    struct cf_future *previous_queued;
    struct cf_future *first_child;  // in the heap of timers, see timer.c
    uint64_t ticket;                // likewise
    struct cf_future *next_owned;
    struct cf_future *previous_owned;
    struct cfi_watch *first_watch;        // see waiter.h
    struct cfi_callback *first_callback;  // in the order of registration
    struct cfi_callback *last_callback;
    struct cf_future *head;  // while it is not done: what this one waits for
    bool counts_unfinished;  // in pool->load.unfinished
    bool counts_busy;        // in pool->load.busy

    // The lock of cycle.c guards: what its task waits for, namely this one, or
    // one of the waiter's; NULL: nothing. And its place on the way that is
    // being followed.
    struct cf_future *waits_for;
    const struct cfi_waiter *waits_with;
    struct cf_future *next_on_way;
    uint64_t way;

    // The test hooks' lock guards:
    size_t callers_blocked;
};

// Creates a PENDING future with one reference for the run and one for the
// owner. Takes over the values of the call; *has_arguments says whether there
// was memory to copy them. NULL if there is none for the future itself; the
// values are then given away all the same.
cf_future *cfi_future_create(cf_executor *pool, const struct cfi_call *call,
                             bool *has_arguments);

// The futures that exist without memory: submitting failed, there is no pool,
// it was closed, it is that of a forked child's parent.
cf_future *cfi_future_no_memory(void);
cf_future *cfi_future_no_pool(void);
cf_future *cfi_future_no_pool_any_more(void);
cf_future *cfi_future_forked(void);

enum cf_state cfi_future_state(const cf_future *future);

// FINISHED or CANCELLED?
bool cfi_future_is_done(const cf_future *future);

// Does somebody sleep on the word?
bool cfi_future_has_sleeper(const cf_future *future);

// PENDING -> RUNNING, and to one of the final states. Under the pool's lock, or
// before anybody else knows the future. The latter returns whether somebody is
// parked on the word and has to be woken by cfi_future_wake.
void cfi_future_start(cf_future *future);
bool cfi_future_finish(cf_future *future, enum cf_state state);
void cfi_future_wake(cf_future *future);

// Of a future that is done.
cf_value cfi_future_result(const cf_future *future);

// Stops the program if one of them, or the array, is NULL.
void cfi_check_futures(const char *function, cf_future **futures, size_t count);

// Sleeps until the future is done or the deadline has passed. Returns whether
// it is done.
bool cfi_future_park(cf_future *future, int64_t deadline);

// cf_result, for as long as the deadline has not passed; then the error
// cfi_timeout. A result that is there is returned even so. In result.c.
cf_value cfi_result_until(cf_future *future, int64_t deadline);

void cfi_future_ref(cf_future *future);

// Gives one reference back; the last one frees the future.
void cfi_future_unref(cf_future *future);

#pragma GCC visibility pop

#endif
