// cf_process_pool: what it is given, and what may be wrong with that. See
// crew.h.

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "../internal.h"
#include "../system.h"
#include "census.h"
#include "crew.h"
#include "host.h"
#include "transport.h"

// The options that both kinds of pools have.
static struct cf_thread_pool_options
common(const struct cf_process_pool_options *options)
{
    return (struct cf_thread_pool_options){
        .size = sizeof(struct cf_thread_pool_options),
        .max_workers = options->max_workers == 0 ? cfi_port_usable_cpus()
                                                 : options->max_workers,
        .name = options->name == NULL ? "attendant" : options->name,
        .initializer = options->initializer,
        .initializer_arg = options->initializer_arg,
        .finalizer = options->finalizer,
        .finalizer_arg = options->finalizer_arg,
        .max_pending = options->max_pending,
        .when_full = options->when_full,
    };
}

// ----- what may be wrong -----

static cf_value check_build(cf_executor *pool)
{
    const struct cfi_error_facts facts = {
        .place = cfi_place_in_library("cf_process_pool"),
        .code = ENOTSUP,
        .owner = &pool->held,
    };
    return cfi_process_transport.spawn != NULL
               ? cf_none()
               : cfi_error_create(&facts, "this build of cfutures has no "
                                          "worker processes");
}

// More processes than this are a mistake.
enum { MOST_WORKERS = 4096 };

static cf_value check_numbers(cf_executor *pool,
                              const struct cf_process_pool_options *options)
{
    const struct cfi_error_facts facts = {
        .place = cfi_place_in_library("cf_process_pool"),
        .code = EINVAL,
        .owner = &pool->held,
    };
    if (options->max_workers > MOST_WORKERS) {
        return cfi_error_create(&facts, "max_workers is %d: give %d at most",
                                options->max_workers, MOST_WORKERS);
    }
    if (options->max_tasks_per_child < 0) {
        return cfi_error_create(&facts,
                                "max_tasks_per_child is %d: give 1 or more, or "
                                "0 for any number",
                                options->max_tasks_per_child);
    }
    if (options->inner_threads < 0) {
        return cfi_error_create(
            &facts, "inner_threads is %d: give 1 or more, or 0 to leave it",
            options->inner_threads);
    }
    return cf_none();
}

// Another thread may hold any lock at the fork, and would never give it back in
// the workers.
static cf_value check_threads(cf_executor *pool,
                              const struct cf_process_pool_options *options)
{
    const struct cfi_error_facts facts = {
        .place = cfi_place_in_library("cf_process_pool"),
        .code = EBUSY,
        .owner = &pool->held,
    };
    if (options->start == CF_FORK) {
        return cf_none();
    }
    const size_t threads = cfi_census_count();
    if (threads == 1) {
        return cf_none();
    }
    if (threads == 0) {
        return cfi_error_create(
            &facts, "it is unknown whether the program has other threads, "
                    "since /proc is not there: say .start = CF_FORK if it has "
                    "none");
    }
    return cfi_error_create(
        &facts,
        "the program has %zu threads, and a lock that one of them holds would "
        "stay locked in the workers: make the process pool first, or say "
        ".start = CF_FORK if no lock can be in use",
        threads);
}

static cf_value could_not(cf_executor *pool, const char *what, int error_number)
{
    const struct cfi_error_facts facts = {
        .place = cfi_place_in_library("cf_process_pool"),
        .code = error_number,
        .owner = &pool->held,
    };
    return cfi_error_create(&facts, "%s failed: %s", what,
                            strerror(error_number));
}

// ----- creating -----

// Returns nothing, or the error that breaks the pool.
static cf_value hire(cf_executor *pool,
                     const struct cf_process_pool_options *options)
{
    cf_value wrong = check_build(pool);
    if (!cf_failed(wrong)) {
        wrong = check_numbers(pool, options);
    }
    if (!cf_failed(wrong)) {
        wrong = check_threads(pool, options);
    }
    if (cf_failed(wrong)) {
        return wrong;
    }
    struct cfi_crew *crew = cfi_system.allocate(sizeof *crew);
    if (crew == NULL) {
        return cfi_error_no_memory();
    }
    *crew = (struct cfi_crew){
        .transport = &cfi_process_transport,
        .max_tasks_per_worker = options->max_tasks_per_child,
        .on_death = options->on_death,
        .grace = options->grace > 0 ? options->grace : 1,
    };
    const struct cfi_host_options host = {
        .slots = pool->load.limit + CFI_MOST_SPARES,
        .inner_threads = options->inner_threads,
    };
    const char *what;
    const int rc = cfi_host_create(&host, &crew->host, &what);
    if (rc != 0) {
        cfi_system.release(crew);
        return could_not(pool, what, rc);
    }
    pool->crew = crew;
    return cf_none();
}

cf_executor *cf_process_pool_create(const struct cf_process_pool_options *given)
{
    // A program that was compiled with an older header gives a shorter struct.
    struct cf_process_pool_options options = {0};
    memcpy(&options, given,
           given->size < sizeof options ? given->size : sizeof options);
    const struct cf_thread_pool_options usual = common(&options);
    cf_executor *pool = cfi_pool_create(&usual, "cf_process_pool");
    if (pool->is_immortal) {
        return pool;
    }
    pool->is_of_processes = true;
    if (pool->broken.message == NULL) {
        cfi_census_begin();
        const cf_value error = hire(pool, &options);
        cfi_census_end();
        if (cf_failed(error)) {
            cfi_pool_break(pool, (struct cfi_breakage){
                                     "the pool could not be made", error});
        }
    }
    return pool;
}
