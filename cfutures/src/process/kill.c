// Ending the workers of a process pool from outside. See crew.h.

#include <signal.h>

#include "../internal.h"
#include "../report.h"
#include "crew.h"
#include "transport.h"

static void end_workers(cf_executor *pool, int signal, const char *function)
{
    if (pool == NULL) {
        cfi_stop("%s: the pool is NULL", function);
    }
    if (pool->is_immortal || cfi_fork_inherited(pool)) {
        return;
    }
    if (!pool->is_of_processes) {
        cfi_stop("%s: the workers of this pool are threads, which nobody can "
                 "end from outside: ask the tasks to stop, by cf_stop",
                 function);
    }
    cf_shutdown(pool, CF_CANCEL_PENDING);
    if (pool->crew != NULL) {
        pool->crew->transport->kill_all(pool->crew->host, signal);
    }
}

void cf_terminate_workers(cf_executor *pool)
{
    end_workers(pool, SIGTERM, "cf_terminate_workers");
}

void cf_kill_workers(cf_executor *pool)
{
    end_workers(pool, SIGKILL, "cf_kill_workers");
}
