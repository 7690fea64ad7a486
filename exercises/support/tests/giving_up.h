// Wrong programs: the gate gives up at once, and says why. None of these tests
// takes long, and none needs a clock.

#ifndef GIVING_UP_H
#define GIVING_UP_H

#include "visitors.h"

#include <string.h>

static inline void check_gave_up(enum wb_gate_state state, const char *why)
{
    WB_EQUAL_INT(gate.state, state);
    WB_EQUAL_INT((int)gate.most_inside, 1);
    WB_CHECK(strstr(gate.why, why) != NULL, "it says \"%s\", not \"%s\"",
             gate.why, why);
}

static inline void check_stuck(const char *why)
{
    check_gave_up(WB_GATE_STUCK, why);
}

#define TEST(function)      \
    {                       \
#function, function \
    }

#endif
