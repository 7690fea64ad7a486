// See kinds.h.

#define _GNU_SOURCE  // MAP_ANONYMOUS

#include "kinds.h"

#include <errno.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

// ----- pools -----

static cf_executor *threads(struct wishes wishes)
{
    return cf_thread_pool(.max_workers = wishes.workers,
                          .max_pending = wishes.max_pending,
                          .when_full = wishes.when_full,
                          .initializer = wishes.initializer,
                          .initializer_arg = wishes.initializer_arg);
}

static cf_executor *processes(struct wishes wishes)
{
    return cf_process_pool(.max_workers = wishes.workers,
                           .max_pending = wishes.max_pending,
                           .when_full = wishes.when_full,
                           .initializer = wishes.initializer,
                           .initializer_arg = wishes.initializer_arg);
}

static cf_executor *(*make)(struct wishes wishes);

cf_executor *make_pool_with(struct wishes wishes)
{
    return make(wishes);
}

cf_executor *make_pool(int workers)
{
    return make((struct wishes){.workers = workers});
}

// ----- the gate -----

static struct {
    atomic_int is_open;
    atomic_int arrived;
} * gate;  // in memory that all processes see

void arrive(void)
{
    gate->arrived++;
}

int arrived(void)
{
    return gate->arrived;
}

cf_value pass(cf_value number)
{
    arrive();
    while (!gate->is_open) {
        usleep(500);
    }
    return number;
}

void await_arrived(int count)
{
    while (gate->arrived < count) {
        usleep(500);
    }
}

void open_the_gate(void)
{
    gate->is_open = 1;
}

// ----- suites -----

static int have_gate(void)
{
    gate = mmap(NULL, sizeof *gate, PROT_READ | PROT_WRITE,
                MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return (void *)gate == MAP_FAILED;
}

int use_threads(void)
{
    make = threads;
    return have_gate();
}

int use_processes(void)
{
    make = processes;
    return have_gate();
}

void set_up_for_both(void)
{
    support_set_up();
    gate->is_open = 0;
    gate->arrived = 0;
}

// ----- tasks -----

cf_value shout(cf_value text)
{
    return cf_format("%s!", cf_as_str(text));
}

cf_value divide(cf_value divisor)
{
    if (cf_as_int(divisor) == 0) {
        const cf_value cause = cf_fail(EDOM, "100 / 0");
        return cf_fail_because(cause, EINVAL, "no quotient");
    }
    return cf_int(100 / cf_as_int(divisor));
}
