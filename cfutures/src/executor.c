// A pool's life: create, shut down, close.
//
//     open ----> shut down ----> closed
//                  accepts no      all tasks done, threads joined,
//                  more tasks      futures and pool freed

#include "internal.h"

#include <errno.h>
#include <string.h>

#include "report.h"
#include "system.h"

// ----- creating -----

static cf_executor no_pool = {.is_immortal = true};

// min(32, CPUs + 4), as Python: enough to overlap waiting, few enough to keep
// a big machine from hundreds of threads that nobody asked for.
static size_t default_max_workers(void)
{
    const int workers = cfi_port_usable_cpus() + 4;
    return workers < 32 ? (size_t)workers : 32;
}

static const char could_not_be_made[] = "the pool could not be made";

static cf_value negative_workers(int max_workers, struct cfi_owner *owner)
{
    const struct cfi_error_facts facts = {
        .place = cfi_place_in_library("cf_thread_pool"),
        .code = EINVAL,
        .owner = owner,
    };
    return cfi_error_create(
        &facts, "max_workers is %d: give 1 or more, or 0 for the default",
        max_workers);
}

// A task and its argument that belong to the pool. Out of memory: the pool is
// broken.
static struct cfi_call own_call(cf_executor *pool, cf_task task, cf_value arg,
                                const char *label)
{
    const struct cfi_call call = {.task = task, .arg = arg, .label = label};
    struct cfi_call owned = call;
    if (!cfi_give(&owned.arg, &pool->held)) {
        pool->broken = (struct cfi_breakage){could_not_be_made, owned.arg};
    }
    return owned;
}

static void configure(cf_executor *pool,
                      const struct cf_thread_pool_options *options)
{
    const char *name = options->name == NULL ? "worker" : options->name;
    memcpy(pool->name, name, strnlen(name, sizeof pool->name - 1));
    pool->load.limit = options->max_workers == 0 ? default_max_workers()
                                                 : (size_t)options->max_workers;
    pool->initializer =
        own_call(pool, options->initializer, options->initializer_arg,
                 "initializer of the pool");
    pool->finalizer = own_call(pool, options->finalizer, options->finalizer_arg,
                               "finalizer of the pool");
    if (options->max_workers < 0) {
        pool->broken = (struct cfi_breakage){
            could_not_be_made,
            negative_workers(options->max_workers, &pool->held)};
    }
}

// Without memory for the pool itself: the arguments are given away even so.
static cf_executor *make_no_pool(const struct cf_thread_pool_options *options)
{
    cf_free(options->initializer_arg);
    cf_free(options->finalizer_arg);
    cfi_hooks_executor_opened(NULL);
    return &no_pool;
}

cf_executor *cf_thread_pool_create(const struct cf_thread_pool_options *given)
{
    // A program that was compiled with an older header gives a shorter struct.
    struct cf_thread_pool_options options = {0};
    memcpy(&options, given,
           given->size < sizeof options ? given->size : sizeof options);

    cf_executor *pool = cfi_system.allocate(sizeof *pool);
    if (pool == NULL) {
        return make_no_pool(&options);
    }
    *pool = (cf_executor){0};
    atomic_init(&pool->references, 1);
    if (cfi_lock_init(&pool->lock) != 0) {
        cfi_system.release(pool);
        return make_no_pool(&options);
    }
    configure(pool, &options);
    cfi_hooks_executor_opened(&pool->gauge);
    return pool;
}

// ----- shutting down -----

static void refuse_inside(const cf_executor *pool, const char *function)
{
    if (cfi_frame_is_of_pool(pool)) {
        cfi_stop("%s: called inside a task of the pool itself, it would wait "
                 "for its own end",
                 function);
    }
}

static void shut_down(cf_executor *pool)
{
    cfi_lock_acquire(&pool->lock);
    pool->is_shut_down = true;
    cfi_lock_release(&pool->lock);
}

// Sleeps until no task is queued or running. The pool is shut down, so there
// will be none after that either.
static void wait_until_drained(cf_executor *pool)
{
    cfi_hooks_shutdown_parks(&pool->gauge);
    cfi_lock_acquire(&pool->lock);
    while (pool->load.unfinished > 0) {
        pool->waiting_shutdowns++;
        // Relaxed: it changes under the lock only.
        const uint32_t epoch =
            atomic_load_explicit(&pool->drained_epoch, memory_order_relaxed);
        cfi_lock_release(&pool->lock);

        cfi_port_wait(&pool->drained_epoch, epoch, CFI_NO_DEADLINE);

        cfi_lock_acquire(&pool->lock);
        pool->waiting_shutdowns--;
    }
    cfi_lock_release(&pool->lock);
}

void cf_shutdown(cf_executor *pool, enum cf_shutdown_flags flags)
{
    if (pool == NULL) {
        cfi_stop("cf_shutdown: the pool is NULL");
    }
    if (pool->is_immortal) {
        return;
    }
    const bool waits = (flags & CF_WAIT) != 0;
    if (waits) {
        refuse_inside(pool, "cf_shutdown with CF_WAIT");
    }
    shut_down(pool);
    if (waits) {
        wait_until_drained(pool);
    }
}

// ----- closing -----

// The pool gives back its reference to each future. Those that were kept live
// on, and never look at the pool again.
static void disown_futures(cf_executor *pool)
{
    cf_future *future = pool->owned;
    while (future != NULL) {
        cf_future *next = future->next_owned;
        cfi_future_unref(future);
        future = next;
    }
}

void cfi_executor_unref(cf_executor *pool)
{
    // Each release pairs with the acquire of the last one.
    if (atomic_fetch_sub_explicit(&pool->references, 1, memory_order_acq_rel) ==
        1) {
        cfi_lock_deinit(&pool->lock);
        cfi_system.release(pool);
    }
}

void cf_close(cf_executor *pool)
{
    if (pool == NULL) {
        return;
    }
    if (pool->is_immortal) {
        cfi_hooks_executor_closed(NULL);
        return;
    }
    refuse_inside(pool, "cf_close");
    shut_down(pool);
    wait_until_drained(pool);
    cfi_workers_end(pool);
    disown_futures(pool);
    cfi_hooks_executor_closed(&pool->gauge);
    cfi_owner_free_all(&pool->held);
    cfi_executor_unref(pool);
}

void cf_close_at_end_of_scope(cf_executor **pool)
{
    cf_close(*pool);
}
