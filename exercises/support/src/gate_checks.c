// What a test asks of a gate afterwards, and the words when it is not so.

#include "gate.h"
#include "wb_test.h"

void wb_opened(const struct wb_gate *gate, const char *things, const char *file,
               int line)
{
    const struct wb_gate seen = gate_look(gate);
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
    const struct wb_gate seen = gate_look(gate);
    wb_check(seen.most_inside <= most, file, line,
             "%zu %s were under way at once, but there must never be more "
             "than %zu: what keeps the others out?",
             seen.most_inside, things, most);
    wb_check(seen.most_inside > 0, file, line, "No %s ever began.", things);
}
