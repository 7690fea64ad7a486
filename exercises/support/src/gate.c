// The gate of wb_test.h. Who may still come, and so when to give up, is known
// by world.c.

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

// What a gate has seen, as of one moment.
static struct wb_gate look_at(const struct wb_gate *gate)
{
    world_lock();
    const struct wb_gate seen = *gate;
    world_unlock();
    return seen;
}

void wb_opened(const struct wb_gate *gate, const char *things, const char *file,
               int line)
{
    const struct wb_gate seen = look_at(gate);
    const bool opened = seen.state == WB_GATE_OPENED;
    if (seen.most_inside == 0) {
        wb_check(opened, file, line,
                 "%zu %s should be under way at once, but none ever began.",
                 seen.needed, things);
        return;
    }
    const bool is_one = seen.most_inside == 1;
    wb_check(opened, file, line,
             "%zu %s should be under way at once, but only %zu ever %s: "
             "while %s, %s.",
             seen.needed, things, seen.most_inside, is_one ? "was" : "were",
             is_one ? "it was" : "they were",
             seen.why != NULL ? seen.why : "your code returned");
}

void wb_never_more_than(size_t most, const struct wb_gate *gate,
                        const char *things, const char *file, int line)
{
    const struct wb_gate seen = look_at(gate);
    wb_check(seen.most_inside <= most, file, line,
             "%zu %s were under way at once, but there must never be more "
             "than %zu: does a lock keep the others out?",
             seen.most_inside, things, most);
    wb_check(seen.most_inside > 0, file, line, "No %s ever began.", things);
}
