// Picks fibers or real threads, as the options say.

#include "context.h"
#include "internal.h"

#include <unistd.h>

bool xp_context_create(int thread)
{
    return XPS->options.use_pthreads ? xp_real_create(thread)
                                     : xp_fiber_create(thread);
}

void xp_context_switch(int from, int to)
{
    if (XPS->options.use_pthreads) {
        xp_real_switch_threads(from, to);
    } else {
        xp_fiber_switch_threads(from, to);
    }
}

void xp_context_run(void)
{
    if (XPS->options.use_pthreads) {
        xp_real_run();
    } else {
        xp_fiber_run();
    }
}

void xp_context_leave(void)
{
    if (XP->in_signal) {
        _exit(0);  // search.c sees that the schedule is finished
    }
    if (XPS->options.use_pthreads) {
        xp_real_leave();
    }
    xp_fiber_leave();
}
