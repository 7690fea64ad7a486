// The pool's threads. Each takes the first task of the queue, runs it, settles
// it and takes the next, in one short turn under the lock. Without work it
// sleeps on the pool's work_epoch.

#include "internal.h"

#include <errno.h>

#include "system.h"

// ----- a thread's life -----

// One turn under the lock: settles `done` (unless NULL) and takes the next task
// (NULL: none is queued). In one turn, so that whoever sees a future finished
// and submits again finds this worker free.
static cf_future *take_turn(cf_executor *pool, cf_future *done)
{
    struct cfi_afterwards afterwards = {false, false};
    cfi_lock_acquire(&pool->lock);
    if (done != NULL) {
        pool->load.busy--;
        afterwards = cfi_queue_settle_locked(pool, done, CF_FINISHED);
    }
    cf_future *next = cfi_queue_claim_first_locked(pool);
    if (next != NULL) {
        pool->load.busy++;
        cfi_hooks_load(&pool->gauge, &pool->load);
    }
    cfi_lock_release(&pool->lock);

    if (done != NULL) {
        cfi_queue_announce(pool, done, afterwards);
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
    const bool has_work = pool->first_queued != NULL;
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

static void *work(void *arg)
{
    cf_executor *pool = ((struct cfi_worker *)arg)->pool;
    do {
        cf_future *task = take_turn(pool, NULL);
        while (task != NULL) {
            cfi_task_run(task);
            task = take_turn(pool, task);
        }
    } while (sleep_until_work(pool));
    return NULL;
}

// ----- starting and ending threads -----

// Takes one task that no thread will ever run. NULL: there is none.
static cf_future *take_orphan(cf_executor *pool)
{
    cf_future *orphan = NULL;
    cfi_lock_acquire(&pool->lock);
    if (pool->load.threads == 0) {
        orphan = cfi_queue_claim_first_locked(pool);
        cfi_hooks_load(&pool->gauge, &pool->load);
    }
    cfi_lock_release(&pool->lock);
    return orphan;
}

static void fail_orphan(cf_executor *pool, cf_future *orphan,
                        const cf_error *cause)
{
    const struct cfi_error_facts facts = {
        .place = cfi_place_in_library("cf_submit"),
        .task = orphan->call.label,
        .code = CF_EBROKEN,
        .cause = cause,
        .owner = &orphan->held,
    };
    orphan->result = cfi_error_create(
        &facts, "the pool has no thread, and could not start one");

    cfi_lock_acquire(&pool->lock);
    const struct cfi_afterwards afterwards =
        cfi_queue_settle_locked(pool, orphan, CF_FINISHED);
    cfi_lock_release(&pool->lock);
    cfi_queue_announce(pool, orphan, afterwards);
}

// A thread that was counted does not exist. With other threads there, they
// will do its work; with none, nobody would.
static void take_back_thread(cf_executor *pool, int error_number)
{
    cfi_lock_acquire(&pool->lock);
    pool->load.threads--;
    cfi_hooks_load(&pool->gauge, &pool->load);
    cfi_lock_release(&pool->lock);

    struct cfi_owner owner = {NULL};
    const struct cfi_error_facts facts = {
        .place = cfi_place_in_library("cf_submit"),
        .code = error_number,
        .owner = &owner,
    };
    const cf_value why = cfi_error_create(&facts, "starting a thread failed");
    cf_future *orphan;
    while ((orphan = take_orphan(pool)) != NULL) {
        fail_orphan(pool, orphan, cf_as_error(why));
    }
    cfi_owner_free_all(&owner);
    cfi_hooks_changed();
}

void cfi_worker_start(cf_executor *pool)
{
    struct cfi_worker *worker = cfi_system.allocate(sizeof *worker);
    if (worker == NULL) {
        take_back_thread(pool, ENOMEM);
        return;
    }
    *worker = (struct cfi_worker){.pool = pool};
    const int rc = cfi_system.create_thread(&worker->thread, work, worker);
    if (rc != 0) {
        cfi_system.release(worker);
        take_back_thread(pool, rc);
        return;
    }
    // In the list after the thread has begun: nobody looks at the list before
    // the submit that started the thread is over.
    cfi_lock_acquire(&pool->lock);
    worker->next = pool->workers;
    pool->workers = worker;
    cfi_lock_release(&pool->lock);
}

void cfi_workers_end(cf_executor *pool)
{
    cfi_lock_acquire(&pool->lock);
    pool->is_ending = true;
    atomic_fetch_add_explicit(&pool->work_epoch, 1, memory_order_relaxed);
    struct cfi_worker *worker = pool->workers;
    pool->workers = NULL;
    cfi_lock_release(&pool->lock);
    cfi_port_wake(&pool->work_epoch, CFI_WAKE_ALL);

    while (worker != NULL) {
        struct cfi_worker *next = worker->next;
        cfi_must(pthread_join(worker->thread, NULL), "pthread_join");
        cfi_system.release(worker);
        worker = next;
    }
}
