// Sleeps and clocks of libc, on the virtual clock.

#include "internal.h"

#include <errno.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const uint64_t SECOND = 1000000000ULL;

static uint64_t nanoseconds(const struct timespec *time)
{
    return (uint64_t)time->tv_sec * SECOND + (uint64_t)time->tv_nsec;
}

// Tells what is left of a sleep; false if that is anything.
static bool tell_rest(uint64_t rest, struct timespec *left)
{
    if (rest > 0 && left != NULL) {
        left->tv_sec = (time_t)(rest / SECOND);
        left->tv_nsec = (long)(rest % SECOND);
    }
    return rest == 0;
}

unsigned xpi_sleep(unsigned seconds)
{
    uint64_t left = xp_sleep(seconds * SECOND, XP_PC);
    return (unsigned)((left + SECOND - 1) / SECOND);
}

int xpi_usleep(useconds_t microseconds)
{
    bool was_whole = xp_sleep(microseconds * 1000ULL, XP_PC) == 0;
    errno = was_whole ? errno : EINTR;
    return was_whole ? 0 : -1;
}

int xpi_nanosleep(const struct timespec *time, struct timespec *left)
{
    bool was_whole = tell_rest(xp_sleep(nanoseconds(time), XP_PC), left);
    errno = was_whole ? errno : EINTR;
    return was_whole ? 0 : -1;
}

int xpi_clock_nanosleep(clockid_t clock, int flags, const struct timespec *time,
                        struct timespec *left)
{
    uintptr_t pc = XP_PC;
    if (!(flags & TIMER_ABSTIME)) {
        return tell_rest(xp_sleep(nanoseconds(time), pc), left) ? 0 : EINTR;
    }
    uint64_t until = xp_deadline(time, clock, pc);
    uint64_t rest = xp_sleep(until > XP->now ? until - XP->now : 0, pc);
    return rest == 0 ? 0 : EINTR;
}

int xpi_clock_gettime(clockid_t clock, struct timespec *time)
{
    xp_read_clock(clock, time, XP_PC);
    return 0;
}

int xpi_timespec_get(struct timespec *time, int base)
{
    xp_read_clock(CLOCK_REALTIME, time, XP_PC);
    return base;
}

int xpi_gettimeofday(struct timeval *time, void *zone)
{
    (void)zone;
    struct timespec now;
    xp_read_clock(CLOCK_REALTIME, &now, XP_PC);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t xpi_time(time_t *time)
{
    struct timespec now;
    xp_read_clock(CLOCK_REALTIME, &now, XP_PC);
    if (time != NULL) {
        *time = now.tv_sec;
    }
    return now.tv_sec;
}

clock_t xpi_clock(void)
{
    return (clock_t)XP->steps;  // any steadily growing number does
}
