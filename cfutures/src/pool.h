// The pool: its books (queue.c), its threads (worker.c), its life (executor.c,
// open_pools.c).

#ifndef CFI_POOL_H
#define CFI_POOL_H

#include <cfutures.h>
#include <stdatomic.h>

#include "future.h"
#include "hooks.h"
#include "lock.h"
#include "port.h"
#include "value.h"
#include "waiter.h"

#pragma GCC visibility push(hidden)

// Room for a thread's name on Linux, the '\0' included.
enum { CFI_THREAD_NAME_SIZE = 16 };

struct cfi_worker {
    pthread_t thread;
    cf_executor *pool;
    size_t index;           // how many were started before
    struct cfi_owner held;  // the error of its initializer

    // pool->lock guards:
    const char *task;                 // label of what it has taken, or NULL
    struct cfi_attendant *attendant;  // NULL: it runs its tasks itself
    bool has_given_up;                // the thread ends, and is to be joined
    struct cfi_worker *next;
};

// Why a pool cannot run tasks.
struct cfi_breakage {
    const char *message;  // a literal. NULL: it can
    cf_value cause;       // an error
};

struct cf_executor {
    struct cfi_lock lock;
    // lock guards:
    struct cf_future *first_queued;  // FIFO
    struct cf_future *last_queued;
    struct cf_future *timers;         // root of a heap, see timer.c
    uint64_t timers_begun;            // gives each its ticket
    struct cf_future *first_promise;  // PENDING ones
    struct cf_future *owned;          // all futures that end with the pool
    struct cfi_worker *workers;
    // Tasks that may run in place what they wait for, see hands.c.
    struct cfi_waiter *sleepers;
    struct cfi_load load;        // how many are queued, busy, ...
    size_t sleeping_workers;     // on work_epoch
    bool has_timekeeper;         // a worker that sleeps on alarm_epoch
    size_t waiting_shutdowns;    // on drained_epoch; or closes
    size_t waiting_submits;      // on room_epoch
    size_t workers_begun;        // gives each worker its index
    bool is_shut_down;           // accepts no more tasks
    bool is_ending;              // workers go home
    bool is_closed;              // only kept futures still refer to it
    struct cfi_breakage broken;  // changes once at most

    // Set at creation, then read only.
    uint32_t generation;  // of the process that made it, see fork.c
    // The pool's memory, and in it the lock, lives on after cf_close for the
    // futures that were kept.
    size_t max_pending;  // 0: any number
    enum cf_when_full when_full;
    struct cfi_call initializer;      // task NULL: there is none
    struct cfi_call finalizer;        // likewise
    char name[CFI_THREAD_NAME_SIZE];  // how its threads' names begin
    struct cfi_owner held;  // the arguments of these calls, and an error
    bool is_immortal;       // static: stands for pools that got no memory
    bool is_of_processes;   // even if it is broken
    struct cfi_crew *crew;  // NULL: its threads run the tasks. process/crew.h

    // Atomic; changed under the lock, so that a sleeper that has read it under
    // the lock misses no change after that.
    cfi_word work_epoch;     // changes when there is work for a sleeper
    cfi_word alarm_epoch;    // changes when there is some for the timekeeper
    cfi_word drained_epoch;  // changes when nothing goes on by itself any more
    cfi_word room_epoch;     // changes when a submit need not wait any more

    // Atomic: one for whoever will close the pool, one for each future that was
    // ever kept.
    _Atomic size_t references;

    struct cfi_gauge gauge;  // see hooks.h
    cf_executor *next_open;  // guarded by the lock of open_pools.c
};

// Creates a pool of threads, as `maker` calls it. Never NULL.
cf_executor *cfi_pool_create(const struct cf_thread_pool_options *options,
                             const char *maker);

// Can a task of the pool be run by the calling thread, here or by the worker
// that it attends to?
bool cfi_pool_runs_here(const cf_executor *pool);

// Gives one reference back; the last one frees the pool's memory.
void cfi_executor_unref(cf_executor *pool);

// Does it stand for a pool that got no memory? Compares the address only.
bool cfi_pool_is_none(const cf_executor *pool);

// ----- open_pools.c: which pools are open -----

void cfi_open_pools_add(cf_executor *pool);

// False: the pool is not open (any more), and may not even be there.
bool cfi_open_pools_remove(const cf_executor *pool);

// The same for any one of them. NULL: there is none.
cf_executor *cfi_open_pools_take(void);

// After a fork, in the child: is it a pool of the parent's? From now on all
// are.
bool cfi_open_pools_are_inherited(const cf_executor *pool);
void cfi_open_pools_forget(void);

// ----- fork.c, exit.c -----

uint32_t cfi_fork_generation(void);
bool cfi_fork_inherited(const cf_executor *pool);
void cfi_fork_in_child(void);

// Finishes what was submitted to the pools that are open (exit.c); and to one
// pool, within a time, which it says if it is over (shutdown.c).
void cfi_exit_drain(void);
void cfi_pool_drain(cf_executor *pool, int64_t deadline);

// ----- settle.c: how a future becomes final -----

// What remains to be done when the lock has been given back.
struct cfi_afterwards {
    bool wake_callers;               // parked on the future
    bool wake_shutdowns;             // parked on drained_epoch
    struct cfi_callback *callbacks;  // to be called
    struct cfi_wakes wakes;          // who waits for several futures
};

// Does nothing go on by itself any more? Each task is done, or sleeps until
// another of these, or a promise of the pool, is. Tells those who wait for
// that; returns whether they have to be woken.
bool cfi_settle_is_quiet_locked(const cf_executor *pool)
    CFI_REQUIRES(pool->lock);
bool cfi_settle_tell_quiet_locked(cf_executor *pool) CFI_REQUIRES(pool->lock);

// Makes a future FINISHED or CANCELLED whose result has been written.
struct cfi_afterwards cfi_settle_locked(cf_executor *pool, cf_future *future,
                                        enum cf_state state)
    CFI_REQUIRES(pool->lock);

// Futures that are done, and whose callbacks are still to be called.
struct cfi_line {
    cf_future *first;  // linked by next_queued
    cf_future *last;
};

// Does what settling left over, and gives back the run's reference.
void cfi_settle_announce(cf_executor *pool, cf_future *future,
                         struct cfi_afterwards afterwards)
    CFI_EXCLUDES(pool->lock);

// Calls the callbacks of all in the line, and of those that come meanwhile.
void cfi_settle_call_back(struct cfi_line *later);

// The same inside a callback: its own callbacks come later. So a chain needs no
// stack, however long it is.
void cfi_settle_announce_later(cf_executor *pool, cf_future *future,
                               struct cfi_afterwards afterwards,
                               struct cfi_line *later) CFI_EXCLUDES(pool->lock);

// ----- callback.c -----

struct cfi_callback {
    cf_callback *function;  // NULL: a link to a continuation, see chain.c
    cf_value context;
    struct cfi_owner held;  // owns the context
    cf_future *tail;        // of a link; has a reference to it
    enum cf_link kind;
    struct cfi_callback *next;
};

// Adds it at the end of the list. The future is not done.
void cfi_callback_add_locked(cf_future *future, struct cfi_callback *callback)
    CFI_REQUIRES(future->pool->lock);

// Calls each one, and frees it. The thread is a guest unless the pool counts it
// as busy.
void cfi_callbacks_run(cf_future *future, struct cfi_callback *first,
                       bool is_guest, struct cfi_line *later);

// ----- chain.c, promise.c -----

// Hands the outcome of a head on to the tail of the link.
void cfi_chain_go_on(cf_future *head, const struct cfi_callback *link,
                     struct cfi_line *later);

bool cfi_future_is_promise(const cf_future *future);

// Takes a PENDING promise out of the pool's list.
void cfi_promise_remove_locked(cf_executor *pool, cf_future *promise)
    CFI_REQUIRES(pool->lock);

// Takes one that has no result, NULL if there is none; and ends it with an
// error.
cf_future *cfi_promise_claim_first_locked(cf_executor *pool)
    CFI_REQUIRES(pool->lock);
void cfi_promise_break(cf_future *promise);

// ----- queue.c: the pool's books -----

void cfi_queue_push_locked(cf_executor *pool, cf_future *future)
    CFI_REQUIRES(pool->lock);

// Counts it as unfinished, if it isn't counted yet.
void cfi_queue_count_locked(cf_executor *pool, cf_future *future)
    CFI_REQUIRES(pool->lock);

// What has to run next for the future: itself, or the first of its chain; in
// the queue, or not yet due. NULL: that runs already, or is a promise.
cf_future *cfi_queue_first_of_chain_locked(cf_future *future)
    CFI_REQUIRES(future->pool->lock);

// Takes the future out of the queue, or of the timers, and makes it RUNNING.
// NULL: it is in neither (any more), or the queue is empty.
cf_future *cfi_queue_claim_locked(cf_executor *pool, cf_future *future)
    CFI_REQUIRES(pool->lock);
cf_future *cfi_queue_claim_first_locked(cf_executor *pool)
    CFI_REQUIRES(pool->lock);

// The task that would start next, whether or not its time has come; and
// claiming it. NULL: none is PENDING.
cf_future *cfi_queue_first_locked(const cf_executor *pool)
    CFI_REQUIRES(pool->lock);
cf_future *cfi_queue_claim_any_locked(cf_executor *pool)
    CFI_REQUIRES(pool->lock);

// Takes a PENDING future from where it waits and settles it as CANCELLED.
// False: it is not PENDING (any more), and nothing was done.
bool cfi_queue_cancel_locked(cf_executor *pool, cf_future *future,
                             struct cfi_afterwards *afterwards)
    CFI_REQUIRES(pool->lock);

// The list of futures that the pool owns.
void cfi_owned_add_locked(cf_executor *pool, cf_future *future)
    CFI_REQUIRES(pool->lock);
void cfi_owned_remove_locked(cf_executor *pool, cf_future *future)
    CFI_REQUIRES(pool->lock);

// ----- worker.c: what a thread does -----

// A thread's whole life; `worker` is a struct cfi_worker.
void *cfi_worker_main(void *worker);

// A thread becomes busy, or free, with something that is no task.
void cfi_worker_count_busy(cf_executor *pool, int change)
    CFI_EXCLUDES(pool->lock);

// ----- hands.c: who sees to the work -----

// Threads more than max_workers that a pool may have while tasks wait.
enum { CFI_MOST_SPARES = 64 };

// What is to be done when the lock has been given back, so that somebody sees
// to the work.
struct cfi_hands {
    size_t start;       // threads to start; load.threads counts them already
    size_t wake;        // threads that sleep on work_epoch
    bool alarm;         // wakes the timekeeper
    cfi_word *sleeper;  // that was called, or NULL
};

// Call after a change that may let `tasks` more tasks of the queue start, or
// that leaves the pool without a timekeeper.
struct cfi_hands cfi_hands_call_locked(cf_executor *pool, size_t tasks)
    CFI_REQUIRES(pool->lock);
// A thread that was counted on is no more: who sleeps takes over its work. No
// other one is started, since that has just failed.
struct cfi_hands cfi_hands_hand_on_locked(cf_executor *pool)
    CFI_REQUIRES(pool->lock);
void cfi_hands_alarm_locked(cf_executor *pool, struct cfi_hands *hands)
    CFI_REQUIRES(pool->lock);
void cfi_hands_get(cf_executor *pool, struct cfi_hands hands)
    CFI_EXCLUDES(pool->lock);

// If no thread can come for what is queued: calls a task that sleeps until it
// is done. Call after a change that takes the last thread away.
void cfi_hands_call_sleeper_locked(cf_executor *pool, struct cfi_hands *hands)
    CFI_REQUIRES(pool->lock);

// Around a sleep inside a task: meanwhile the pool may have one more thread, a
// spare. Lend before the sleep is counted as blocked. Outside of tasks they do
// nothing. The waiter is that of a task that goes on if it is called, or NULL.
void cfi_spare_lend(struct cfi_waiter *waiter, int64_t deadline);
void cfi_spare_return(struct cfi_waiter *waiter);

// ----- bound.c: the bound on pending tasks -----

bool cfi_bound_is_reached_locked(const cf_executor *pool)
    CFI_REQUIRES(pool->lock);

// Sleeps until there is room, or tasks are refused.
void cfi_bound_wait(cf_executor *pool) CFI_EXCLUDES(pool->lock);

// Call after a change that may have made room for one more task; and when tasks
// will be refused from now on.
void cfi_bound_check_locked(cf_executor *pool) CFI_REQUIRES(pool->lock);
void cfi_bound_lift_locked(cf_executor *pool) CFI_REQUIRES(pool->lock);

// ----- timer.c: tasks that start later -----

// Returns whether it is now the first one that is due.
bool cfi_timers_add_locked(cf_executor *pool, cf_future *future)
    CFI_REQUIRES(pool->lock);
void cfi_timers_remove_locked(cf_executor *pool, cf_future *future)
    CFI_REQUIRES(pool->lock);

// Has the time come at which its task may start?
bool cfi_timers_is_due(const cf_future *future);

// Puts the tasks that are due into the queue. Returns how many.
size_t cfi_timers_release_locked(cf_executor *pool) CFI_REQUIRES(pool->lock);

// ----- admit.c -----

// Why a task is not taken. Code 0: it is.
struct cfi_refusal {
    int code;
    const char *message;
    const cf_error *cause;  // or NULL
};

struct cfi_refusal cfi_refusal_of_locked(const cf_executor *pool)
    CFI_REQUIRES(pool->lock);

// Ends a future that nobody has seen yet with an error. The pool owns it from
// here on, or already.
void cfi_refuse(cf_future *future, struct cfi_refusal refusal);
void cfi_refuse_owned(cf_future *future, struct cfi_refusal refusal);

// Submits the call once for each argument, in order, in as few turns of the
// lock as can be. The call's context goes with each. Writes `count` futures.
void cfi_submit(cf_executor *pool, const struct cfi_call *call,
                const cf_value *args, size_t count, cf_future **futures)
    CFI_EXCLUDES(pool->lock);

// ----- threads.c: how threads come and go -----

// Starts a thread that load.threads already counts. On failure the count is
// taken back, and if no other thread is there to run them, all queued tasks
// fail.
void cfi_worker_start(cf_executor *pool) CFI_EXCLUDES(pool->lock);

// The calling thread cannot work, for this reason, and is about to end: it is
// none of the pool's any more, as if it had not been started.
void cfi_worker_give_up(struct cfi_worker *worker, int error_number);

// From now on the pool runs no task: what is queued fails, and what comes is
// refused. Whatever runs already, goes on. Does nothing if the pool is broken.
void cfi_pool_break(cf_executor *pool, struct cfi_breakage breakage)
    CFI_EXCLUDES(pool->lock);

// Ends and joins all threads. No task is queued or running any more.
void cfi_workers_end(cf_executor *pool) CFI_EXCLUDES(pool->lock);

#pragma GCC visibility pop

#endif
