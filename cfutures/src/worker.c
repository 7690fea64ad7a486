// The pool's threads. Each takes the first task of the queue, runs it, settles
// it and takes the next, in one short turn under the lock. Without work it
// sleeps on the pool's work_epoch.

#include "internal.h"

#include <stdio.h>
#include <string.h>

#include "log.h"

// ----- taking tasks -----

// May the calling thread, which is free, take a task?
static bool has_work_locked(const cf_executor *pool) CFI_REQUIRES(pool->lock)
{
    return cfi_load_startable(&pool->load) > 0 && pool->broken.message == NULL;
}

static cf_future *take_next_locked(cf_executor *pool) CFI_REQUIRES(pool->lock)
{
    if (!has_work_locked(pool)) {
        return NULL;
    }
    cf_future *next = cfi_queue_claim_first_locked(pool);
    next->counts_busy = true;
    pool->load.busy++;
    cfi_hooks_load(&pool->gauge, &pool->load);
    return next;
}

// One turn under the lock: settles `done` (unless NULL) and takes the next task
// (NULL: there is none, or look again). In one turn, so that whoever sees a
// future finished and submits again finds this worker free.
static cf_future *take_turn(struct cfi_worker *worker, cf_future *done)
{
    cf_executor *pool = worker->pool;
    struct cfi_afterwards afterwards = {.callbacks = NULL};
    cf_future *next = NULL;
    cfi_lock_acquire(&pool->lock);
    if (done != NULL) {
        afterwards = cfi_settle_locked(pool, done, CF_FINISHED);
    }
    if (afterwards.callbacks == NULL) {  // else they come first
        next = take_next_locked(pool);
        worker->task = next == NULL ? NULL : next->call.label;
    }
    cfi_lock_release(&pool->lock);

    if (done != NULL) {
        cfi_settle_announce(pool, done, afterwards);
    }
    if (next != NULL) {
        cfi_hooks_changed();
    }
    return next;
}

// Sleeps until there may be work. Returns false if there will be none: the
// pool is ending.
static bool sleep_until_work(cf_executor *pool)
{
    cfi_lock_acquire(&pool->lock);
    const bool is_ending = pool->is_ending;
    const bool has_work = has_work_locked(pool);
    if (is_ending || has_work) {
        cfi_lock_release(&pool->lock);
        return has_work;
    }
    pool->sleeping_workers++;
    // Relaxed: it changes under the lock only.
    const uint32_t epoch =
        atomic_load_explicit(&pool->work_epoch, memory_order_relaxed);
    cfi_lock_release(&pool->lock);

    cfi_port_wait(&pool->work_epoch, epoch, CFI_NO_DEADLINE);

    cfi_lock_acquire(&pool->lock);
    pool->sleeping_workers--;
    cfi_lock_release(&pool->lock);
    return true;
}

static void serve(struct cfi_worker *worker)
{
    do {
        cf_future *task = take_turn(worker, NULL);
        while (task != NULL) {
            cfi_task_run(task);
            task = take_turn(worker, task);
        }
    } while (sleep_until_work(worker->pool));
}

// ----- a thread's life -----

// "worker_3". A long name is cut before its number, which tells threads apart,
// and not in the middle of a UTF-8 character.
static void name_thread(const struct cfi_worker *worker)
{
    char number[CFI_THREAD_NAME_SIZE];
    char name[CFI_THREAD_NAME_SIZE];
    snprintf(number, sizeof number, "_%zu", worker->index);
    const size_t room = sizeof name - 1 - strlen(number);
    size_t length = strlen(worker->pool->name);
    if (length > room) {
        length = room;
        while (length > 0 &&
               ((unsigned char)worker->pool->name[length] & 0xc0) == 0x80) {
            length--;
        }
    }
    memcpy(name, worker->pool->name, length);
    memcpy(name + length, number, strlen(number) + 1);
    cfi_port_name_thread(name);
}

static void count_busy(cf_executor *pool, int change)
{
    cfi_lock_acquire(&pool->lock);
    pool->load.busy += (size_t)change;
    cfi_hooks_load(&pool->gauge, &pool->load);
    cfi_lock_release(&pool->lock);
    cfi_hooks_changed();
}

// Runs the initializer or the finalizer, if there is one. The thread is busy
// meanwhile.
static cf_value run_aside(struct cfi_worker *worker,
                          const struct cfi_call *call)
{
    if (call->task == NULL) {
        return cf_none();
    }
    count_busy(worker->pool, +1);
    const cf_value result =
        cfi_task_run_aside(worker->pool, call, &worker->held);
    count_busy(worker->pool, -1);
    return result;
}

void *cfi_worker_main(void *arg)
{
    struct cfi_worker *worker = arg;
    cf_executor *pool = worker->pool;
    name_thread(worker);
    const cf_value outcome = run_aside(worker, &pool->initializer);
    if (cf_failed(outcome)) {
        cfi_pool_break(
            pool, (struct cfi_breakage){"the initializer of a worker failed",
                                        outcome});
    }
    serve(worker);
    if (!cf_failed(outcome)) {
        cfi_log_failure(run_aside(worker, &pool->finalizer), "The",
                        pool->finalizer.label);
    }
    return NULL;
}
