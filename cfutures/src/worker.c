// The pool's threads. Each takes the first task of the queue, runs it, settles
// it and takes the next, in one short turn under the lock. Without work it
// sleeps on the pool's work_epoch.

#include "internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "log.h"
#include "process/crew.h"

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
// future finished and submits again finds this worker free. What is due by now
// goes into the queue before.
static cf_future *take_turn(struct cfi_worker *worker, cf_future *done)
{
    cf_executor *pool = worker->pool;
    const bool is_ready = pool->crew == NULL || cfi_attendant_is_ready();
    struct cfi_afterwards afterwards = {.callbacks = NULL};
    struct cfi_hands hands = {0};
    cf_future *next = NULL;
    cfi_lock_acquire(&pool->lock);
    if (done != NULL) {
        afterwards = cfi_settle_locked(pool, done, CF_FINISHED);
    }
    if (afterwards.callbacks == NULL) {  // else they come first
        const size_t due = cfi_timers_release_locked(pool);
        next = is_ready ? take_next_locked(pool) : NULL;
        worker->task = next == NULL ? NULL : next->call.label;
        if (next != NULL && (due > 0 || pool->timers != NULL)) {
            const size_t left = pool->load.queued;
            hands = cfi_hands_call_locked(pool, due < left ? due : left);
        }
    }
    cfi_lock_release(&pool->lock);

    if (done != NULL) {
        cfi_settle_announce(pool, done, afterwards);
    }
    cfi_hands_get(pool, hands);
    if (next != NULL) {
        cfi_hooks_changed();
    }
    return next;
}

// Sleeps until there may be work, or, as the timekeeper, until a task is due.
static void sleep_unlocked(cf_executor *pool) CFI_REQUIRES(pool->lock)
{
    const bool keeps_time = pool->timers != NULL && !pool->has_timekeeper;
    cfi_word *word = keeps_time ? &pool->alarm_epoch : &pool->work_epoch;
    const int64_t deadline =
        keeps_time ? pool->timers->call.due : CFI_NO_DEADLINE;
    pool->has_timekeeper |= keeps_time;
    pool->sleeping_workers += !keeps_time;
    // Relaxed: it changes under the lock only.
    const uint32_t epoch = atomic_load_explicit(word, memory_order_relaxed);
    cfi_lock_release(&pool->lock);

    (void)cfi_port_wait(word, epoch, deadline);

    cfi_lock_acquire(&pool->lock);
    if (keeps_time) {
        pool->has_timekeeper = false;
    } else {
        pool->sleeping_workers--;
    }
}

// Returns false if there will be no more work: the pool is ending.
static bool sleep_until_work(cf_executor *pool)
{
    cfi_lock_acquire(&pool->lock);
    const bool has_work = has_work_locked(pool);
    const bool goes_on = has_work || !pool->is_ending;
    if (goes_on && !has_work) {
        sleep_unlocked(pool);
    }
    cfi_lock_release(&pool->lock);
    return goes_on;
}

// Returns 0 at the end of the pool, or the error number that keeps the thread
// from working.
static int serve(struct cfi_worker *worker)
{
    do {
        if (worker->pool->crew != NULL) {
            const int rc = cfi_attendant_get_ready();
            if (rc != 0) {
                return rc;
            }
        }
        cf_future *task = take_turn(worker, NULL);
        while (task != NULL) {
            cfi_task_run(task);
            task = take_turn(worker, task);
        }
    } while (sleep_until_work(worker->pool));
    return 0;
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

void cfi_worker_count_busy(cf_executor *pool, int change)
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
    cfi_worker_count_busy(worker->pool, +1);
    const cf_value result =
        cfi_task_run_aside(worker->pool, call, &worker->held);
    cfi_worker_count_busy(worker->pool, -1);
    return result;
}

// Runs tasks itself.
static void live(struct cfi_worker *worker)
{
    cf_executor *pool = worker->pool;
    const cf_value outcome = run_aside(worker, &pool->initializer);
    if (cf_failed(outcome)) {
        cfi_pool_break(
            pool, (struct cfi_breakage){"the initializer of a worker failed",
                                        outcome});
    }
    (void)serve(worker);
    if (!cf_failed(outcome)) {
        cfi_log_failure(run_aside(worker, &pool->finalizer), "The",
                        pool->finalizer.label);
    }
}

// Has them run by a process, which is what initializers are for there.
static void attend(struct cfi_worker *worker)
{
    int rc = ENOMEM;
    if (cfi_attendant_begin(worker)) {
        rc = serve(worker);
        cfi_attendant_end(worker);
    }
    if (rc != 0) {
        cfi_worker_give_up(worker, rc);
    }
}

void *cfi_worker_main(void *arg)
{
    struct cfi_worker *worker = arg;
    name_thread(worker);
    if (worker->pool->crew == NULL) {
        live(worker);
    } else {
        attend(worker);
    }
    return NULL;
}
