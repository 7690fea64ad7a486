// Which failing schedule is shown. For most bugs the first one will do. A data
// race, or what was found like one, is better shown where both accesses are
// switch points, so that the table has them; better still where one follows
// the other at once; and best where the race does harm: an assertion fails, a
// result is wrong. So after a race the search goes on for a little.

#include "internal.h"

#include <string.h>

enum { NOTHING, ANY, BOTH_SIDES_SHOW, SIDE_BY_SIDE, BEST };
enum { MORE_SCHEDULES = 100, MORE_WORK = 400000 };  // steps and accesses

static int rank_of_unordered(const struct xp_finding *finding)
{
    if (XPS->harm.bug != XP_CLEAN) {
        return BEST;
    }
    if (finding->bug == XP_RACE && XPS->is_adjacent) {
        return SIDE_BY_SIDE;
    }
    bool shows = finding->bug != XP_RACE || (xp_is_racy(finding->notes[0].pc) &&
                                             xp_is_racy(finding->notes[1].pc));
    return shows ? BOTH_SIDES_SHOW : ANY;
}

static int rank_of_this(void)
{
    const struct xp_finding *finding = &XPS->finding;
    if (finding->bug == XP_CLEAN) {
        return NOTHING;
    }
    if (xp_is_unordered(finding)) {
        return rank_of_unordered(finding);
    }
    bool is_first = XPS->best.rank == NOTHING;
    return is_first || xp_says_more_than_race(finding->bug) ? BEST : NOTHING;
}

static void keep(int rank)
{
    struct xp_best *best = &XPS->best;
    if (best->rank == NOTHING) {
        best->found_at = XPS->schedule;
    }
    best->rank = rank;
    best->mode = XPS->mode;
    best->finding = XPS->finding;
    best->harm = XPS->harm;
    best->is_adjacent = XPS->is_adjacent;
    best->deviation_count = XPS->deviation_count;
    memcpy(best->deviation, XPS->deviation,
           XPS->deviation_count * sizeof best->deviation[0]);
    memcpy(best->racy, XPS->racy, sizeof best->racy);
    best->racy_count = XPS->racy_count;
}

bool xp_has_best(void)
{
    struct xp_best *best = &XPS->best;
    int rank = rank_of_this();
    if (rank > best->rank) {
        keep(rank);
    }
    if (best->rank == NOTHING || best->rank == BEST) {
        return best->rank == BEST;
    }
    best->more_work += XPS->steps + XPS->accesses;
    return ++best->more_schedules > MORE_SCHEDULES ||
           best->more_work > MORE_WORK;
}

void xp_take_best(void)
{
    const struct xp_best *best = &XPS->best;
    XPS->mode = best->mode;
    XPS->finding = best->finding;
    XPS->harm = best->harm;
    XPS->is_adjacent = best->is_adjacent;
    memcpy(XPS->racy, best->racy, sizeof best->racy);
    XPS->racy_count = best->racy_count;
    XPS->replay_count = best->deviation_count;
    memcpy(XPS->replay, best->deviation,
           best->deviation_count * sizeof best->deviation[0]);
}
