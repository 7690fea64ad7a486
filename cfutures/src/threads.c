// How a pool's threads come and go, and what becomes of the queue when none
// can come.

#include "internal.h"

#include <errno.h>

#include "log.h"
#include "process/crew.h"
#include "system.h"

// ----- a pool that cannot run its tasks -----

// Takes one task that no thread will ever run, and says why. NULL: there is
// none.
static cf_future *take_orphan(cf_executor *pool, struct cfi_breakage *why)
{
    cf_future *orphan = NULL;
    cfi_lock_acquire(&pool->lock);
    if (pool->broken.message != NULL) {
        *why = pool->broken;
    }
    if (pool->broken.message != NULL || pool->load.threads == 0) {
        orphan = cfi_queue_claim_any_locked(pool);
        cfi_hooks_load(&pool->gauge, &pool->load);
    }
    cfi_lock_release(&pool->lock);
    return orphan;
}

static void fail_orphan(cf_executor *pool, cf_future *orphan,
                        struct cfi_breakage why)
{
    const struct cfi_error_facts facts = {
        .place = cfi_place_in_library("cf_submit"),
        .task = orphan->call.label,
        .code = CF_EBROKEN,
        .cause = cf_as_error(why.cause),
        .owner = &orphan->held,
    };
    orphan->result = cfi_error_create(&facts, "%s", why.message);
    if (orphan->call.is_unwatched) {
        cfi_log_failure(orphan->result, "The task", orphan->call.label);
    }

    cfi_lock_acquire(&pool->lock);
    const struct cfi_afterwards afterwards =
        cfi_settle_locked(pool, orphan, CF_FINISHED);
    cfi_lock_release(&pool->lock);
    cfi_settle_announce(pool, orphan, afterwards);
}

static void fail_orphans(cf_executor *pool, struct cfi_breakage why)
{
    cf_future *orphan;
    while ((orphan = take_orphan(pool, &why)) != NULL) {
        fail_orphan(pool, orphan, why);
    }
}

void cfi_pool_break(cf_executor *pool, struct cfi_breakage breakage)
{
    cfi_lock_acquire(&pool->lock);
    if (pool->broken.message == NULL) {
        pool->broken = breakage;
        cfi_bound_lift_locked(pool);
    }
    cfi_lock_release(&pool->lock);
    fail_orphans(pool, breakage);
}

// A thread that was counted does not exist. With other threads there, they
// will do its work; with none, nobody would.
static void take_back_thread(cf_executor *pool, int error_number)
{
    cfi_lock_acquire(&pool->lock);
    pool->load.threads--;
    const struct cfi_hands hands = cfi_hands_hand_on_locked(pool);
    cfi_hooks_load(&pool->gauge, &pool->load);
    cfi_lock_release(&pool->lock);
    cfi_hands_get(pool, hands);

    struct cfi_owner owner = {NULL};
    const struct cfi_error_facts facts = {
        .place = cfi_place_in_library("cf_submit"),
        .code = error_number,
        .owner = &owner,
    };
    const char *what = pool->crew == NULL ? "thread" : "worker process";
    fail_orphans(pool,
                 (struct cfi_breakage){
                     "the pool has no worker, and could not start one",
                     cfi_error_create(&facts, "starting a %s failed", what)});
    cfi_owner_free_all(&owner);
    cfi_hooks_changed();
}

// ----- starting and ending -----

// Puts the worker into the pool's list.
static void enlist(struct cfi_worker *worker)
{
    cf_executor *pool = worker->pool;
    cfi_lock_acquire(&pool->lock);
    worker->index = pool->workers_begun++;
    worker->next = pool->workers;
    pool->workers = worker;
    cfi_lock_release(&pool->lock);
}

static void delist(const struct cfi_worker *worker)
{
    cf_executor *pool = worker->pool;
    cfi_lock_acquire(&pool->lock);
    struct cfi_worker **link = &pool->workers;
    while (*link != worker) {
        link = &(*link)->next;
    }
    *link = worker->next;
    cfi_lock_release(&pool->lock);
}

// The last that the thread has to do with the pool is the mark.
void cfi_worker_give_up(struct cfi_worker *worker, int error_number)
{
    cf_executor *pool = worker->pool;
    take_back_thread(pool, error_number);
    cfi_lock_acquire(&pool->lock);
    worker->has_given_up = true;
    cfi_lock_release(&pool->lock);
}

static void join(struct cfi_worker *worker)
{
    cfi_must(pthread_join(worker->thread, NULL), "pthread_join");
    cfi_owner_free_all(&worker->held);
    cfi_system.release(worker);
}

// Joins those that have given up, or a pool that tries again and again would
// collect them.
static void join_some(cf_executor *pool)
{
    struct cfi_worker *ended = NULL;
    cfi_lock_acquire(&pool->lock);
    struct cfi_worker **link = &pool->workers;
    while (*link != NULL) {
        struct cfi_worker *worker = *link;
        // Who broke the pool holds the reason.
        if (worker->has_given_up && worker->held.first == NULL) {
            *link = worker->next;
            worker->next = ended;
            ended = worker;
        } else {
            link = &worker->next;
        }
    }
    cfi_lock_release(&pool->lock);
    while (ended != NULL) {
        struct cfi_worker *next = ended->next;
        join(ended);
        ended = next;
    }
}

void cfi_worker_start(cf_executor *pool)
{
    join_some(pool);
    struct cfi_worker *worker = cfi_system.allocate(sizeof *worker);
    if (worker == NULL) {
        take_back_thread(pool, ENOMEM);
        return;
    }
    *worker = (struct cfi_worker){.pool = pool};
    enlist(worker);
    if (pool->crew != NULL) {
        cfi_attendant_thread_begins();
    }
    const int rc =
        cfi_system.create_thread(&worker->thread, cfi_worker_main, worker);
    if (rc != 0) {
        if (pool->crew != NULL) {
            cfi_attendant_thread_has_begun();
        }
        delist(worker);
        cfi_system.release(worker);
        take_back_thread(pool, rc);
    }
}

void cfi_workers_end(cf_executor *pool)
{
    cfi_lock_acquire(&pool->lock);
    pool->is_ending = true;
    atomic_fetch_add_explicit(&pool->work_epoch, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&pool->alarm_epoch, 1, memory_order_relaxed);
    struct cfi_worker *worker = pool->workers;
    pool->workers = NULL;
    cfi_lock_release(&pool->lock);
    cfi_port_wake(&pool->work_epoch, CFI_WAKE_ALL);
    cfi_port_wake(&pool->alarm_epoch, CFI_WAKE_ALL);

    while (worker != NULL) {
        struct cfi_worker *next = worker->next;
        join(worker);
        worker = next;
    }
}
