// What is told of a schedule: its choices, its events, what is wrong with it.

#ifndef XP_FINDING_H
#define XP_FINDING_H

#include "layout.h"

#include <stdbool.h>
#include <stdint.h>

// ---------------------------------------------------------------------------
// Choices (strategy.c)
// ---------------------------------------------------------------------------
// A schedule is the list of its choices. Choice 0 is the default: go on with
// the running thread (or the lowest ready one), wake the first waiter, nothing
// spurious. A trace holds only the deviations from that.

enum xp_strategy { XP_WALK, XP_PCT, XP_EXHAUSTIVE, XP_REPLAY };
enum xp_mode { XP_DEFAULT, XP_SPURIOUS, XP_HOSTILE, XP_MODES };

struct xp_choice {
    uint16_t taken, options;
    uint32_t state;  // exhaustive: number + 1 in XPS->known, or 0
    uint64_t interleavings_before;
};

struct xp_deviation {
    uint32_t at;     // number of the choice
    uint32_t taken;  // thread + 1, or the option
};

struct xp_event {
    uint32_t step;
    uint8_t thread, what, unused[2];
    uint32_t pc;
    int32_t detail;  // e.g. 1: acquired at once, 0: had to wait
    uint64_t object;
    int64_t now;
    uint32_t calls[XP_EVENT_CALLS];  // who called the function; innermost first
};

// ---------------------------------------------------------------------------
// What was found (verdict.c)
// ---------------------------------------------------------------------------

enum xp_bug {
    XP_CLEAN,
    XP_RACE,
    XP_DEADLOCK,
    XP_LOST_WAKEUP,
    XP_ASSERTION,
    XP_NONZERO_EXIT,
    XP_CRASH,
    XP_USE_AFTER_FREE,
    XP_DOUBLE_FREE,
    XP_OUT_OF_BOUNDS,
    XP_LEAK,
    XP_THREAD_LEAK,
    XP_MISUSE,
    XP_NO_PROGRESS,
    XP_LIMIT,
    XP_BUGS
};

// One side of a bug: who, where, doing what.
struct xp_note {
    int32_t thread;  // -1: none
    uint32_t what;   // enum xp_what, or XP_HOW and how memory was touched
    uint64_t object;
    uint64_t value;  // depends on `role`
    int32_t owner;   // who holds the object, or -1
    uint32_t pc;
    uint32_t calls[8];  // innermost first
    char role[24];  // "access", "other", "waits", "holds", "allocated", "freed"
};

struct xp_finding {
    enum xp_bug bug;
    char text[2048];  // in words, without places; the driver adds those
    uint32_t at;      // number of events recorded before it
    int note_count;
    struct xp_note notes[XP_MAX_NOTES];
};

struct xp_race_seen {
    uint32_t pc, other_pc;
    uint64_t schedule;
};

#endif
