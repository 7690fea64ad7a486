// In place of process pools where the system has no means for them: the pool
// is broken, and says why. See crew.h.

#include <errno.h>

#include "../internal.h"
#include "crew.h"

bool cfi_attendant_begin(struct cfi_worker *worker)
{
    (void)worker;
    return false;
}

void cfi_attendant_end(struct cfi_worker *worker)
{
    (void)worker;
}

int cfi_attendant_get_ready(void)
{
    return ENOTSUP;
}

bool cfi_attendant_is_ready(void)
{
    return false;
}

void cfi_attendant_run(cf_future *future)
{
    (void)future;
}

bool cfi_attendant_is_of(const cf_executor *pool)
{
    (void)pool;
    return false;
}

void cfi_attendant_ask_to_stop(cf_future *future)
{
    (void)future;
}

void cfi_attendant_call_back_begins(void)
{
}

void cfi_attendant_call_back_ends(void)
{
}

void cfi_crews_forget(void)
{
}

void cfi_crew_forget(struct cfi_crew *crew)
{
    (void)crew;
}

void cfi_crew_destroy(struct cfi_crew *crew)
{
    (void)crew;
}

cf_executor *
cf_process_pool_create(const struct cf_process_pool_options *options)
{
    const struct cf_thread_pool_options usual = {
        .size = sizeof usual,
        .initializer_arg = options->initializer_arg,
        .finalizer_arg = options->finalizer_arg,
    };
    cf_executor *pool = cfi_pool_create(&usual, "cf_process_pool");
    if (!pool->is_immortal) {
        pool->is_of_processes = true;
        const struct cfi_error_facts facts = {
            .place = cfi_place_in_library("cf_process_pool"),
            .code = ENOTSUP,
            .owner = &pool->held,
        };
        cfi_pool_break(
            pool, (struct cfi_breakage){
                      "the pool could not be made",
                      cfi_error_create(&facts, "this build of cfutures has no "
                                               "process pools")});
    }
    return pool;
}
