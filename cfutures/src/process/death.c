// Deaths in words, as errors of the tasks that they ended.

#include <signal.h>

#include "../internal.h"
#include "attendant.h"

static const char *signal_name(int number)
{
    static const struct {
        int number;
        const char *name;
    } names[] = {
        {SIGABRT, "SIGABRT"}, {SIGBUS, "SIGBUS"},   {SIGFPE, "SIGFPE"},
        {SIGILL, "SIGILL"},   {SIGKILL, "SIGKILL"}, {SIGSEGV, "SIGSEGV"},
        {SIGTERM, "SIGTERM"}, {SIGPIPE, "SIGPIPE"}, {SIGALRM, "SIGALRM"},
        {SIGXCPU, "SIGXCPU"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i].number == number) {
            return names[i].name;
        }
    }
    return "a signal";
}

struct cfi_error_facts cfi_call_facts(const struct cfi_call *call, int code,
                                      struct cfi_owner *owner)
{
    return (struct cfi_error_facts){
        .place = cfi_place_in_library("cf_process_pool"),
        .task = call->label,
        .code = code,
        .owner = owner,
    };
}

cf_value cfi_death_error(const struct cfi_call *call, struct cfi_death death,
                         bool has_started, struct cfi_owner *owner)
{
    const struct cfi_error_facts facts = cfi_call_facts(call, CF_EDIED, owner);
    const char *when = has_started ? "in this task" : "before this task";
    switch (death.end) {
    case CFI_EXITED:
        return cfi_error_create(
            &facts, "the worker (process %ld) ended %s, with exit status %d",
            death.pid, when, death.number);
    case CFI_KILLED:
        return cfi_error_create(
            &facts, "the worker (process %ld) was killed %s by %s (signal %d)",
            death.pid, when, signal_name(death.number), death.number);
    case CFI_VANISHED:
        break;
    }
    return cfi_error_create(&facts,
                            "the worker (process %ld) ended %s: the process "
                            "that starts the workers is gone",
                            death.pid, when);
}

bool cfi_pool_is_broken(cf_executor *pool)
{
    cfi_lock_acquire(&pool->lock);
    const bool is_broken = pool->broken.message != NULL;
    cfi_lock_release(&pool->lock);
    return is_broken;
}

cf_value cfi_broken_error(cf_executor *pool, const struct cfi_call *call,
                          struct cfi_owner *owner)
{
    struct cfi_error_facts facts = cfi_call_facts(call, CF_EBROKEN, owner);
    cfi_lock_acquire(&pool->lock);
    const struct cfi_breakage broken = pool->broken;  // changes once at most
    cfi_lock_release(&pool->lock);
    facts.cause = cf_as_error(broken.cause);
    return cfi_error_create(&facts, "%s", broken.message);
}

cf_value cfi_death_of_all(struct cfi_attendant *attendant,
                          const struct cfi_call *call, struct cfi_death death,
                          bool has_started, struct cfi_owner *owner)
{
    cf_executor *pool = attendant->pool;
    if (cfi_pool_is_broken(pool)) {
        return cfi_broken_error(pool, call, owner);
    }
    const cf_value cause =
        cfi_death_error(call, death, has_started, &attendant->worker->held);
    // In this order: who is killed for it finds the pool broken.
    cfi_pool_break(pool, (struct cfi_breakage){
                             "a worker has died, and the pool with it", cause});
    attendant->crew->transport->kill_all(attendant->crew->host, SIGKILL);
    return cfi_death_error(call, death, has_started, owner);
}
