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
                         struct cfi_owner *owner)
{
    const struct cfi_error_facts facts = cfi_call_facts(call, CF_EDIED, owner);
    switch (death.end) {
    case CFI_EXITED:
        return cfi_error_create(&facts,
                                "the worker (process %ld) ended in this task, "
                                "with exit status %d",
                                death.pid, death.number);
    case CFI_KILLED:
        return cfi_error_create(&facts,
                                "the worker (process %ld) was killed in this "
                                "task by %s (signal %d)",
                                death.pid, signal_name(death.number),
                                death.number);
    case CFI_VANISHED:
        break;
    }
    return cfi_error_create(&facts,
                            "the worker (process %ld) ended in this task: the "
                            "process that started the workers is gone",
                            death.pid);
}
