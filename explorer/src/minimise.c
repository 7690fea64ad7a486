// Takes deviations out of a failing trace as long as the same bug shows: what
// remains are the switches that matter. First in halves, then one by one, as
// in Zeller's delta debugging.

#include "internal.h"

#include <string.h>

enum {
    MOST_REPLAYS = 400,
    FEW_REPLAYS = 6,
    MOST_WORK = 20 * 1000 * 1000
};  // accesses, steps

struct bug_key {
    enum xp_bug bug, harm;
    bool is_adjacent;
    uint32_t pc, other_pc;
};

static struct bug_key key_of_finding(void)
{
    const struct xp_finding *finding = &XPS->finding;
    struct bug_key key = {.bug = finding->bug, .harm = XPS->harm.bug};
    key.is_adjacent =
        finding->bug == XP_RACE && key.harm == XP_CLEAN && XPS->is_adjacent;
    key.pc = finding->note_count > 0 ? finding->notes[0].pc : 0;
    key.other_pc = finding->note_count > 1 && finding->bug == XP_RACE
                       ? finding->notes[1].pc
                       : 0;
    return key;
}

// The same bug, and as good to look at as what was wanted.
static bool is_as_wanted(struct bug_key wanted, struct bug_key now)
{
    bool same = wanted.pc == now.pc && wanted.other_pc == now.other_pc;
    bool swapped = wanted.bug == XP_RACE && wanted.pc == now.other_pc &&
                   wanted.other_pc == now.pc;
    return wanted.bug == now.bug && wanted.harm == now.harm &&
           (now.is_adjacent || !wanted.is_adjacent) && (same || swapped);
}

static bool shows(struct bug_key key)
{
    return xp_replay_once() && is_as_wanted(key, key_of_finding());
}

// Tries the trace without `count` deviations from `from` on.
static bool try_without(uint32_t from, uint32_t count, struct bug_key key)
{
    struct xp_deviation *saved = XPS->saved;
    uint32_t all = XPS->replay_count;
    memcpy(saved, XPS->replay, all * sizeof saved[0]);
    memmove(&XPS->replay[from], &XPS->replay[from + count],
            (all - from - count) * sizeof saved[0]);
    XPS->replay_count = all - count;
    if (shows(key)) {
        return true;
    }
    memcpy(XPS->replay, saved, all * sizeof saved[0]);
    XPS->replay_count = all;
    return false;
}

// A thread that computes for ever is stopped by a timer (schedule.c).
static bool costs_a_second(struct bug_key key)
{
    return key.bug == XP_NO_PROGRESS || key.harm == XP_NO_PROGRESS;
}

void xp_minimise(void)
{
    struct bug_key key = key_of_finding();
    uint64_t replays = 0, work = 0;
    uint64_t most = costs_a_second(key) ? FEW_REPLAYS : MOST_REPLAYS;
    for (uint32_t part = XPS->replay_count; part > 0; part /= 2) {
        uint32_t from = 0;
        while (from < XPS->replay_count && replays++ < most &&
               work < MOST_WORK) {
            uint32_t count = XPS->replay_count - from < part
                                 ? XPS->replay_count - from
                                 : part;
            if (!try_without(from, count, key)) {
                from += count;
            }
            work += XPS->steps + XPS->accesses;
        }
    }
}
