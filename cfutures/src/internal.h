// What the files of cfutures share: the future, the pool, the running task.
//
//     submit.c     user -> future -> queue
//     worker.c     queue -> thread -> result
//     task.c       running one task; the tasks that a thread is inside of
//     future.c     the state word; who owns a future
//     result.c     waiting for a result, or running the task in place
//     queue.c      the pool's books, under its lock
//     executor.c   a pool's life: create, shut down, close
//     value.c, block.c, error.c, access.c, report.c    see value.h, report.h
//     port_*.c, lock.c, system.c                       see their headers
//     testing.c    see hooks.h
//
// Names: cf_ is public, cfi_ is shared by the files of the library, and what
// one file has for itself carries no prefix.
//
// Lock order: a pool's lock, then the lock of the test hooks, then (in
// port_portable.c) a bucket. No lock is held while user code runs (tasks,
// free functions, stop handlers, `changed`), nor while memory is asked for or a
// thread is created.

#ifndef CFI_INTERNAL_H
#define CFI_INTERNAL_H

#include <cfutures.h>
#include <stdatomic.h>

#include "hooks.h"
#include "lock.h"
#include "port.h"
#include "value.h"

#pragma GCC visibility push(hidden)

// ---------------------------------------------------------------------------
// The future
// ---------------------------------------------------------------------------
// The state word: a state in the low bits, flags above.
//
//     PENDING ----> RUNNING ----> FINISHED
//        :                           (final)
//        :........> CANCELLED        (final; number reserved, not used yet)
//
// PENDING -> RUNNING   under the pool's lock, by whoever takes the future out
//                      of the queue. In the queue and PENDING are the same.
// RUNNING -> FINISHED  by whoever ran it, under the pool's lock: one exchange
//                      that also fetches the flags. The result is written
//                      before, and never again.
//
// A flag is set by whoever wants to be told of the final state, by CAS, without
// a lock, and only while the state is not final.

enum cfi_state {
    CFI_PENDING = 0,
    CFI_RUNNING = 1,
    CFI_FINISHED = 2,
    CFI_CANCELLED = 3,
};

enum {
    CFI_STATE_MASK = 0x0f,
    CFI_SOMEBODY_PARKED = 0x10,  // sleeps on the word
    // 0x20 is reserved for "has waiter nodes", 0x40 for "has callbacks".
};

// What is to be run.
struct cfi_call {
    cf_task task;                  // this one, or the next
    cf_context_task context_task;  // NULL: `task` counts
    cf_value context;
    cf_value arg;
    const char *label;  // a literal: "greet, submitted at greeter.c:12"
};

struct cf_future {
    // Set before anybody else sees the future, then read only.
    // `pool` is compared to find out whether a task runs on the same pool, and
    // followed only while the task is unfinished or the pool owns the future:
    // a kept future outlives its pool.
    cf_executor *pool;
    struct cfi_call call;  // context and arg are held, see `held`
    // Not NULL: this future is static, and its result is this error. Keep and
    // release do nothing.
    const struct cfi_error_link *immortal;

    // Atomic: see above.
    cfi_word word;

    // Atomic. References: one of the run (queue, then who runs it), one of the
    // owner (the pool, until cf_release or cf_close), one for each cf_keep.
    // `keeps` counts the last kind, so that cf_release knows what it undoes.
    _Atomic uint32_t references;
    _Atomic uint32_t keeps;

    // Written by the submitter, then by whoever runs the task, then read only.
    cf_value result;
    struct cfi_owner held;

    // pool->lock guards:
    struct cf_future *next_queued;
    struct cf_future *previous_queued;
    struct cf_future *next_owned;
    struct cf_future *previous_owned;

    // The test hooks' lock guards:
    size_t callers_blocked;
};

// Creates a PENDING future with one reference for the run and one for the
// owner. Takes over the values of the call; *has_arguments says whether there
// was memory to copy them. NULL if there is none for the future itself; the
// values are then given away all the same.
cf_future *cfi_future_create(cf_executor *pool, const struct cfi_call *call,
                             bool *has_arguments);

// The two futures that exist without memory: submitting failed, and there is
// no pool.
cf_future *cfi_future_no_memory(void);
cf_future *cfi_future_no_pool(void);

enum cfi_state cfi_future_state(const cf_future *future);

// PENDING -> RUNNING, and RUNNING -> FINISHED. Under the pool's lock, or before
// anybody else knows the future. The latter returns whether somebody is parked
// on the word and has to be woken by cfi_future_wake.
void cfi_future_start(cf_future *future);
bool cfi_future_finish(cf_future *future);
void cfi_future_wake(cf_future *future);

// Sleeps until the future is FINISHED or the deadline has passed. Returns
// whether it is.
bool cfi_future_park(cf_future *future, int64_t deadline);

// Gives one reference back; the last one frees the future.
void cfi_future_unref(cf_future *future);

// ---------------------------------------------------------------------------
// The pool
// ---------------------------------------------------------------------------

struct cfi_worker {
    pthread_t thread;
    cf_executor *pool;
    struct cfi_worker *next;
};

struct cf_executor {
    struct cfi_lock lock;
    // lock guards:
    struct cf_future *first_queued;  // FIFO
    struct cf_future *last_queued;
    struct cf_future *owned;  // all futures that end with the pool
    struct cfi_worker *workers;
    struct cfi_load load;      // how many are queued, busy, ...
    size_t sleeping_workers;   // on work_epoch
    size_t waiting_shutdowns;  // on drained_epoch
    bool is_shut_down;         // accepts no more tasks
    bool is_ending;            // workers go home

    // Set at creation, then read only.
    size_t max_workers;
    cf_value broken;        // the error that says why, or nothing
    struct cfi_owner held;  // owns `broken`
    bool is_immortal;       // static: stands for pools that got no memory

    // Atomic; changed under the lock, so that a sleeper that has read it under
    // the lock misses no change after that.
    cfi_word work_epoch;     // changes when there is work for a sleeper
    cfi_word drained_epoch;  // changes when the last unfinished task is done

    struct cfi_gauge gauge;  // see hooks.h
};

// ----- queue.c: the pool's books -----

// What remains to be done when the lock has been given back.
struct cfi_afterwards {
    bool wake_callers;    // parked on the future
    bool wake_shutdowns;  // parked on drained_epoch
};

void cfi_queue_push_locked(cf_executor *pool, cf_future *future)
    CFI_REQUIRES(pool->lock);

// Takes the future out of the queue and makes it RUNNING. NULL: it is not in
// the queue (any more), or the queue is empty.
cf_future *cfi_queue_claim_locked(cf_executor *pool, cf_future *future)
    CFI_REQUIRES(pool->lock);
cf_future *cfi_queue_claim_first_locked(cf_executor *pool)
    CFI_REQUIRES(pool->lock);

// Makes a future FINISHED whose result has been written, and counts it.
struct cfi_afterwards cfi_queue_settle_locked(cf_executor *pool,
                                              cf_future *future)
    CFI_REQUIRES(pool->lock);

// Does what settling left over, and gives back the run's reference.
void cfi_queue_announce(cf_executor *pool, cf_future *future,
                        struct cfi_afterwards afterwards)
    CFI_EXCLUDES(pool->lock);

// The list of futures that the pool owns.
void cfi_owned_add_locked(cf_executor *pool, cf_future *future)
    CFI_REQUIRES(pool->lock);
void cfi_owned_remove_locked(cf_executor *pool, cf_future *future)
    CFI_REQUIRES(pool->lock);

// ----- worker.c -----

// Starts a thread that load.threads already counts. On failure the count is
// taken back, and if no other thread is there to run them, all queued tasks
// fail.
void cfi_worker_start(cf_executor *pool) CFI_EXCLUDES(pool->lock);

// Ends and joins all threads. No task is queued or running any more.
void cfi_workers_end(cf_executor *pool) CFI_EXCLUDES(pool->lock);

// ----- task.c: the tasks that this thread is inside of -----

// One for each task that the thread is inside of, on its stack: more than one
// while a task runs another one in place.
struct cfi_frame {
    cf_future *future;
    struct cfi_owner loose;   // the values made in it and not given away yet
    struct cfi_frame *outer;  // the task that waits for this one, or NULL
    int depth;                // 1 for the outermost
};

// The innermost frame of the calling thread; NULL outside of any task.
struct cfi_frame *cfi_frame_current(void);

// Is the thread inside a task of this pool? Inside this very task?
bool cfi_frame_is_of_pool(const cf_executor *pool);
bool cfi_frame_is_inside(const cf_future *future);

// Runs the task of a RUNNING future in a frame of its own, and writes its
// result. The caller settles it.
void cfi_task_run(cf_future *future);

// Tasks that run in place inside each other, at most. With 256, each of them
// may use 32 KiB of the usual stack of 8 MiB.
enum { CFI_DEEPEST_FRAME = 256 };

#pragma GCC visibility pop

#endif
