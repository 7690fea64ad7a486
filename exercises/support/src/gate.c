// The gate of wb_test.h. Who may still come, and so when to give up, is known
// by world.c.

#include "gate.h"

#include "wb_test.h"
#include "world.h"

void wb_gate_init(struct wb_gate *gate, size_t needed)
{
    *gate = (struct wb_gate){.needed = needed};
}

static void open_gate_locked(struct wb_gate *gate)
{
    gate->state = WB_GATE_OPENED;
    for (struct waiting *w;
         (w = world_first_waiting_locked(WAIT_GATE, gate)) != NULL;) {
        world_release_locked(w);
    }
}

static void wait_inside_locked(struct wb_gate *gate)
{
    struct waiting waiting;
    world_begin_wait_locked(&waiting, WAIT_GATE, gate);
    world_decide_locked();
    world_wait_locked(&waiting);
    world_end_wait_locked(&waiting);
}

bool wb_gate_enter(struct wb_gate *gate)
{
    world_lock();
    if (gate->state == WB_GATE_CLOSED) {
        gate->inside++;
        if (gate->inside > gate->most_inside) {
            gate->most_inside = gate->inside;
        }
        if (gate->inside >= gate->needed) {
            open_gate_locked(gate);
        } else {
            wait_inside_locked(gate);
        }
        gate->inside--;
    }
    const bool opened = gate->state == WB_GATE_OPENED;
    world_unlock();
    return opened;
}

struct wb_gate gate_look(const struct wb_gate *gate)
{
    world_lock();
    const struct wb_gate seen = *gate;
    world_unlock();
    return seen;
}

// Slow work is for the virtual clock; here a gate stands in for it.
void wb_work(double seconds, const char *format, ...)
{
    (void)seconds, (void)format;
}
