// Right programs: at the gate none of them may ever fail, on however loaded a
// machine. Each is run many times over, because what could go wrong is a race
// between somebody who has been woken and the count of those who are blocked.
//
// WB_ROUNDS in the environment: how often, instead of the default.

#ifndef MANY_TIMES_H
#define MANY_TIMES_H

#include "visitors.h"

#include <stdlib.h>

enum { ROUNDS = 100 };

static inline void repeat(void (*program)(void))
{
    const char *wanted = getenv("WB_ROUNDS");
    const int rounds = wanted != NULL ? atoi(wanted) : ROUNDS;
    for (int i = 0; i < rounds; i++) {
        program();
        WB_OPENED(&gate, "visitors");
    }
}

// Defines PROGRAM_n, the test that repeats the program.
#define REPEATED(program)         \
    static void program##_n(void) \
    {                             \
        repeat(program);          \
    }

#define TEST_REPEATED(program) \
    {                          \
#program, program##_n  \
    }

#endif
