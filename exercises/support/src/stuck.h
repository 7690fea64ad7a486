// Nobody can move any more: what that means, and the words for it. Called by
// world.c, under its lock.

#ifndef STUCK_H
#define STUCK_H

#include "wb_test.h"
#include "world.h"

#include <cfutures_testing.h>

// What keeps more from coming to the gates, as the rest of a sentence about
// those inside: "while they were, ...". `first` is the list of all waits.
const char *stuck_reason(const struct waiting *first,
                         const struct cf_test_snapshot *tasks,
                         enum wb_gate_state state);

// Closes the matter for one gate.
void stuck_give_up_gate(struct wb_gate *gate, enum wb_gate_state state,
                        const char *why);

// Without a gate: can nobody outside (a signal handler, another process) bring
// anyone on?
bool stuck_is_deadlock(const struct waiting *first);

// Who waits for what, in words. Lives until the next call.
const char *stuck_report(const struct waiting *first,
                         const struct cf_test_snapshot *tasks);

#endif
