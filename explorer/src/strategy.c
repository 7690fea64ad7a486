// How a choice is made.
//
//   XP_WALK        uniformly at random
//   XP_PCT         by random priorities that change at a few random points:
//                  finds a bug that needs d ordered events with a probability
//                  of at least 1/(n k^(d-1)) (Burckhardt et al., ASPLOS 2010)
//   XP_EXHAUSTIVE  depth first, with a bound on preemptions: going away from a
//                  thread that could go on
//   XP_REPLAY      the default, but for the deviations of a trace
//
// Choices are numbered from 0 in a schedule. Those that differ from the default
// are kept as deviations; with the set of racy places they are the trace.

#include "internal.h"

#include <string.h>

static uint64_t random_next(uint64_t *state)
{
    uint64_t x = *state += 0x9E3779B97F4A7C15ULL;  // splitmix64
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
}

static uint64_t random_below(uint64_t limit)
{
    return random_next(&XP->random_schedule) % limit;
}

uint64_t xp_random_value(void)
{
    return random_next(&XP->random_value);
}

// Three of four schedules by priorities, with two to four ordered events.
static void pick_strategy(uint64_t schedule)
{
    if (XPS->options.replaying) {
        XP->strategy = XP_REPLAY;
    } else if (XPS->is_exhaustive) {
        XP->strategy = XP_EXHAUSTIVE;
    } else {
        XP->strategy = schedule % 4 == 0 ? XP_WALK : XP_PCT;
        XP->pct_depth = (int)(schedule % 4) + 1;
    }
}

void xp_strategy_begin(uint64_t schedule)
{
    XP->random_schedule = XPS->options.seed * 0x2545F4914F6CDD1DULL + schedule;
    uint64_t other = ~XP->random_schedule;
    XP->random_value = random_next(&other);  // other priorities each time
    XP->choice_count = 0;
    XP->next_deviation = 0;
    XP->preemptions = 0;
    XP->spurious_left = 2;
    XP->lowest_priority = -1;
    XPS->deviation_count = 0;
    pick_strategy(schedule);
    uint64_t length = XPS->max_points > 8 ? XPS->max_points : 50;
    for (int i = 0; i < XP->pct_depth - 1; i++) {
        XP->change_point[i] = 1 + random_below(length);
    }
}

static void out_of_room(void)
{
    xp_find(XP_LIMIT, "one schedule has more than %d choices", XP_MAX_CHOICES);
    xp_end();
}

// Numbers the choice, and keeps it: `value` is 0 for the default.
static void keep(int index, int options, uint32_t value)
{
    uint32_t at = XP->choice_count++;
    if (at >= XP_MAX_CHOICES || XPS->deviation_count >= XP_MAX_DEVIATIONS) {
        out_of_room();
    }
    XPS->choice[at].taken = (uint16_t)index;
    XPS->choice[at].options = (uint16_t)options;
    if (value != 0) {
        XPS->deviation[XPS->deviation_count++] =
            (struct xp_deviation){.at = at, .taken = value};
    }
}

// The value that the trace wants at the coming choice; 0: the default.
static uint32_t replayed(void)
{
    uint32_t *next = &XP->next_deviation;
    while (*next < XPS->replay_count &&
           XPS->replay[*next].at < XP->choice_count) {
        ++*next;
    }
    bool is_here =
        *next < XPS->replay_count && XPS->replay[*next].at == XP->choice_count;
    return is_here ? XPS->replay[*next].taken : 0;
}

static int by_priority(const int *ready, int count, bool is_yielding)
{
    for (int i = 0; i < XP->pct_depth - 1; i++) {
        if (XP->change_point[i] == XP->points) {
            XP_SELF->priority = XP->pct_depth - 1 - i;
        }
    }
    if (is_yielding) {
        XP_SELF->priority = XP->lowest_priority--;
    }
    int best = 0;
    int highest = XP->thread[ready[0]].priority;
    for (int i = 1; i < count; i++) {
        int priority = XP->thread[ready[i]].priority;
        best = priority > highest ? i : best;
        highest = priority > highest ? priority : highest;
    }
    return best;
}

// Exhausting must be fair: whoever yielded waits until something changes, as
// long as others are ready; else a loop that waits could be tried for ever.
// Lists the indices that are left; returns how many.
static int list_fair(const int *ready, int count, int *fair)
{
    int left = 0;
    for (int i = 0; i < count; i++) {
        if (!xp_waits_for_change(ready[i])) {
            fair[left++] = i;
        }
    }
    if (left == 0) {
        fair[left++] = 0;
    }
    return left;
}

// Does the exhaustive search come to the coming choice for the first time?
static bool is_new_choice(void)
{
    return XP->choice_count >= XPS->prefix_count &&
           XP->choice_count < XP_MAX_CHOICES;
}

static int by_prefix(int options)
{
    uint32_t at = XP->choice_count;
    int index = at < XPS->prefix_count ? XPS->prefix[at] : 0;
    return index < options ? index : 0;
}

static int by_trace(const int *ready, int count)
{
    uint32_t wanted = replayed();
    for (int i = 0; i < count; i++) {
        if ((uint32_t)ready[i] + 1 == wanted) {
            return i;
        }
    }
    return 0;
}

int xp_choose_thread(const int *ready, int count, bool is_yielding)
{
    bool can_go_on = XP_SELF->state == XP_READY && !is_yielding;
    int options = count;
    int index = 0;  // of the thread in ready
    int taken = 0;  // of the option
    switch (XP->strategy) {
    case XP_WALK:
        index = (int)random_below((uint64_t)count);
        break;
    case XP_PCT:
        index = by_priority(ready, count, is_yielding);
        break;
    case XP_EXHAUSTIVE: {
        int fair[XP_MAX_THREADS];
        options = list_fair(ready, count, fair);
        if (can_go_on && (uint64_t)XP->preemptions >= XPS->options.bound) {
            options = 1;
        }
        if (is_new_choice()) {
            xp_enter_state(is_yielding);
        }
        taken = by_prefix(options);
        index = fair[taken];
        break;
    }
    case XP_REPLAY:
        index = by_trace(ready, count);
        break;
    }
    keep(taken, options, index == 0 ? 0 : (uint32_t)ready[index] + 1);
    XP->preemptions += can_go_on && index != 0;
    return ready[index];
}

int xp_choose(int count)
{
    if (count <= 1) {
        return 0;
    }
    int index = 0;
    switch (XP->strategy) {
    case XP_WALK:
    case XP_PCT:
        index = (int)random_below((uint64_t)count);
        break;
    case XP_EXHAUSTIVE:
        if (is_new_choice()) {
            XPS->choice[XP->choice_count].state = 0;
        }
        index = by_prefix(count);
        break;
    case XP_REPLAY: {
        uint32_t wanted = replayed();
        index = wanted < (uint32_t)count ? (int)wanted : 0;
        break;
    }
    }
    keep(index, count, (uint32_t)index);
    return index;
}

bool xp_unlikely(enum xp_mode mode, int one_in)
{
    if (XP->mode != mode || XP->strategy == XP_EXHAUSTIVE) {
        return false;
    }
    bool happens;
    if (XP->strategy == XP_REPLAY) {
        happens = replayed() == 1;
    } else {
        happens = random_below((uint64_t)one_in) == 0;
    }
    keep(happens, 2, happens);
    return happens;
}

bool xp_next_prefix(void)
{
    uint32_t at = (uint32_t)XPS->choices;
    while (at > 0 &&
           XPS->choice[at - 1].taken + 1 >= XPS->choice[at - 1].options) {
        xp_leave_state(&XPS->choice[--at]);
    }
    if (at == 0) {
        return false;
    }
    for (uint32_t i = 0; i < at; i++) {
        XPS->prefix[i] = XPS->choice[i].taken;
    }
    XPS->prefix[at - 1]++;
    XPS->prefix_count = at;
    return true;
}
