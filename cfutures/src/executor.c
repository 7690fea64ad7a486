// How a pool begins. How it ends is in shutdown.c.

#include "internal.h"

#include <errno.h>
#include <string.h>

#include "process/crew.h"
#include "system.h"

// ----- creating -----

static cf_executor no_pool = {.is_immortal = true};

bool cfi_pool_is_none(const cf_executor *pool)
{
    return pool == &no_pool;
}

// min(32, CPUs + 4), as Python: enough to overlap waiting, few enough to keep
// a big machine from hundreds of threads that nobody asked for.
static size_t default_max_workers(void)
{
    const int workers = cfi_port_usable_cpus() + 4;
    return workers < 32 ? (size_t)workers : 32;
}

static const char could_not_be_made[] = "the pool could not be made";

static cf_value negative_workers(int max_workers, const char *maker,
                                 struct cfi_owner *owner)
{
    const struct cfi_error_facts facts = {
        .place = cfi_place_in_library(maker),
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
                      const struct cf_thread_pool_options *options,
                      const char *maker)
{
    const char *name = options->name == NULL ? "worker" : options->name;
    memcpy(pool->name, name, strnlen(name, sizeof pool->name - 1));
    pool->load.limit = options->max_workers == 0 ? default_max_workers()
                                                 : (size_t)options->max_workers;
    pool->max_pending = options->max_pending;
    pool->when_full = options->when_full;
    pool->initializer =
        own_call(pool, options->initializer, options->initializer_arg,
                 "initializer of the pool");
    pool->finalizer = own_call(pool, options->finalizer, options->finalizer_arg,
                               "finalizer of the pool");
    if (options->max_workers < 0) {
        pool->load.limit = 0;
        pool->broken = (struct cfi_breakage){
            could_not_be_made,
            negative_workers(options->max_workers, maker, &pool->held)};
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

cf_executor *cfi_pool_create(const struct cf_thread_pool_options *options,
                             const char *maker)
{
    cf_executor *pool = cfi_system.allocate(sizeof *pool);
    if (pool == NULL) {
        return make_no_pool(options);
    }
    *pool = (cf_executor){0};
    pool->generation = cfi_fork_generation();
    atomic_init(&pool->references, 1);
    if (cfi_lock_init(&pool->lock) != 0) {
        cfi_system.release(pool);
        return make_no_pool(options);
    }
    configure(pool, options, maker);
    cfi_open_pools_add(pool);
    cfi_hooks_executor_opened(&pool->gauge);
    return pool;
}

cf_executor *cf_thread_pool_create(const struct cf_thread_pool_options *given)
{
    // A program that was compiled with an older header gives a shorter struct.
    struct cf_thread_pool_options options = {0};
    memcpy(&options, given,
           given->size < sizeof options ? given->size : sizeof options);
    return cfi_pool_create(&options, "cf_thread_pool");
}

bool cfi_pool_runs_here(const cf_executor *pool)
{
    return pool->crew == NULL || cfi_attendant_is_of(pool);
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
