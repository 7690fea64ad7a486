// The virtual clock. It moves only when nobody can run, then straight to the
// earliest deadline: a sleep costs nothing and elapsed times are exact. Two
// exceptions: a thread that does nothing but read the clock makes it creep, so
// that a loop "until it is late enough" ends; and in the hostile mode a
// deadline may come while others could still run.

#include "internal.h"

enum { READS_BEFORE_CREEP = 200, CREEP = 1000000 };

static const uint64_t MONOTONIC_START = 1000ULL * 1000000000ULL;

static bool is_wall_clock(clockid_t clock)
{
    return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE ||
           clock == CLOCK_TAI;
}

uint64_t xp_deadline(const struct timespec *time, clockid_t clock, uintptr_t pc)
{
    uint64_t value =
        (uint64_t)time->tv_sec * 1000000000ULL + (uint64_t)time->tv_nsec;
    uint64_t deadline =
        is_wall_clock(clock) ? value : value + XP->began - MONOTONIC_START;
    // A time shortly after 1970 (or after boot) can only be a duration.
    uint64_t earliest =
        is_wall_clock(clock) ? XP->began / 2 : MONOTONIC_START / 2;
    if (value != 0 && value < earliest) {  // 0: "is long over", on purpose
        xp_misuse(0, pc,
                  "a wait is given a duration (%llu.%09lu s) where a point in "
                  "time is due",
                  (unsigned long long)time->tv_sec,
                  (unsigned long)time->tv_nsec);
    }
    return deadline;
}

bool xp_clock_advance(void)
{
    uint64_t earliest = UINT64_MAX;
    for (int i = 0; i < XP->thread_count; i++) {
        const struct xp_thread *t = &XP->thread[i];
        if (t->state == XP_BLOCKED && t->deadline != 0 &&
            t->deadline < earliest) {
            earliest = t->deadline;
        }
    }
    uint64_t alarm = xp_alarm_due(earliest == UINT64_MAX);
    if (alarm < earliest) {
        XP->now = alarm > XP->now ? alarm : XP->now;
        XP->last_change = XP->steps;
        xp_alarm_rings();
        return true;
    }
    if (earliest == UINT64_MAX) {
        return false;
    }
    if (earliest > XP->now) {
        XP->now = earliest;
    }
    for (int i = 0; i < XP->thread_count; i++) {
        struct xp_thread *t = &XP->thread[i];
        if (t->state == XP_BLOCKED && t->deadline != 0 &&
            t->deadline <= XP->now) {
            t->timed_out = true;
            xp_wake_thread(i);
        }
    }
    XP->last_change = XP->steps;
    return true;
}

uint64_t xp_sleep(uint64_t nanoseconds, uintptr_t pc)
{
    xp_step(XP_SLEEP, 0, pc);
    if (nanoseconds == 0) {
        return 0;
    }
    uint64_t until = XP->now + nanoseconds;
    bool in_time = xp_block(XP_SLEEP, (uintptr_t)XP_SELF, pc, until);
    xp_event(XP_SLEEP, 0, pc, 1);
    return in_time && until > XP->now ? until - XP->now : 0;
}

void xp_read_clock(clockid_t clock, struct timespec *time, uintptr_t pc)
{
    if (XP->is_active && ++XP_SELF->clock_reads > READS_BEFORE_CREEP) {
        XP->now += CREEP;
        xp_yield(XP_CLOCK, 0, pc);
        XP->last_change = XP->steps;
    }
    uint64_t value =
        is_wall_clock(clock) ? XP->now : XP->now - XP->began + MONOTONIC_START;
    time->tv_sec = (time_t)(value / 1000000000ULL);
    time->tv_nsec = (long)(value % 1000000000ULL);
}
