// Gates, slow work, counts and places of wb_test.h, as the explorer knows them.
// Not instrumented: a check of the program's memory must not see ours, and one
// thread runs at a time, from one call of the explorer to the next.

#include "../src/gate.h"
#include "wb_test.h"
#include "work.h"

#include <explorer.h>
#include <stdarg.h>
#include <stdio.h>

// ----- gates -----

static int gates;  // made so far

void wb_gate_init(struct wb_gate *gate, size_t needed)
{
    *gate = (struct wb_gate){.needed = needed, .meeting = ++gates};
}

// The explorer knows when nobody else can come.
bool wb_gate_enter(struct wb_gate *gate)
{
    if (gate->state == WB_GATE_CLOSED) {
        gate->inside++;
        if (gate->inside > gate->most_inside) {
            gate->most_inside = gate->inside;
        }
        const bool opened = xp_together(gate->meeting, (int)gate->needed);
        gate->inside--;
        gate->state = opened ? WB_GATE_OPENED : WB_GATE_STUCK;
        gate->why = opened ? NULL : "nobody else could get there";
    }
    return gate->state == WB_GATE_OPENED;
}

struct wb_gate gate_look(const struct wb_gate *gate)
{
    return *gate;
}

// ----- slow work -----

static bool takes_time;

void work_takes_time(void)
{
    takes_time = true;
}

void wb_work(double seconds, const char *format, ...)
{
    char what[64];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    xp_work(takes_time ? (int64_t)(seconds * 1e9 + 0.5) : 0, what);
}

// ----- threads -----

void wb_allow_threads(size_t more)
{
    xp_allow_threads(more);
}

size_t wb_threads_created(void)
{
    return xp_threads_created();
}

size_t wb_unlocks(void)
{
    return xp_unlocks();
}

// ----- places -----

// As place.c does it; here there is one module, and it lies where it says.
const char *wb_at(const void *caller)
{
    static char text[64];
    snprintf(text, sizeof text, caller != NULL ? ", at {program+%p}" : "",
             caller);
    return text;
}
