// The wrapped calls that ask "done yet?", or sleep before they ask again.
//
// A sleep ends early when everybody else is blocked, or asleep for longer:
// nothing could happen until then anyway. So a loop of asking and sleeping is
// found out by counting, as fast as one without sleep, and sleepers still
// wake in the order of their times.

#include "wb_test.h"
#include "world.h"
#include "wrapped.h"

#include <cfutures.h>
#include <errno.h>
#include <sched.h>
#include <unistd.h>

enum { NANOSECONDS = 1000000000 };

static struct timespec later(struct timespec start,
                             const struct timespec *length)
{
    start.tv_sec += length->tv_sec;
    start.tv_nsec += length->tv_nsec;
    if (start.tv_nsec >= NANOSECONDS) {
        start.tv_sec++;
        start.tv_nsec -= NANOSECONDS;
    }
    return start;
}

static bool is_valid(const struct timespec *time)
{
    return time->tv_sec >= 0 && time->tv_nsec >= 0 &&
           time->tv_nsec < NANOSECONDS;
}

// Sleeping is asking: it counts as a poll.
static void pause_for(const struct timespec *length)
{
    struct timespec now;
    struct waiting waiting;
    world_poll();
    clock_gettime(CLOCK_MONOTONIC, &now);
    world_lock();
    world_begin_wait_locked(&waiting, WAIT_SLEEP, NULL);
    waiting.until = later(now, length);
    world_decide_locked();
    world_wait_locked(&waiting);
    world_end_wait_locked(&waiting);
    world_unlock();
}

int __wrap_nanosleep(const struct timespec *length, struct timespec *left)
{
    if (!is_valid(length)) {
        return nanosleep(length, left);
    }
    pause_for(length);
    return 0;
}

unsigned __wrap_sleep(unsigned seconds)
{
    pause_for(&(struct timespec){.tv_sec = (time_t)seconds});
    return 0;
}

int __wrap_usleep(unsigned microseconds)
{
    pause_for(&(struct timespec){
        .tv_sec = (time_t)(microseconds / 1000000),
        .tv_nsec = (long)(microseconds % 1000000) * 1000,
    });
    return 0;
}

// From now until then, or nothing.
static struct timespec time_until(const struct timespec *now,
                                  const struct timespec *then)
{
    struct timespec left = {
        .tv_sec = then->tv_sec - now->tv_sec,
        .tv_nsec = then->tv_nsec - now->tv_nsec,
    };
    if (left.tv_nsec < 0) {
        left.tv_sec--;
        left.tv_nsec += NANOSECONDS;
    }
    return left.tv_sec < 0 ? (struct timespec){0} : left;
}

int __wrap_clock_nanosleep(clockid_t clock, int flags,
                           const struct timespec *length, struct timespec *left)
{
    struct timespec now;
    if (!is_valid(length) || clock_gettime(clock, &now) != 0) {
        return clock_nanosleep(clock, flags, length, left);
    }
    const bool is_a_time = (flags & TIMER_ABSTIME) != 0;
    const struct timespec wait = is_a_time ? time_until(&now, length) : *length;
    pause_for(&wait);
    return 0;
}

int __wrap_thrd_sleep(const struct timespec *length, struct timespec *left)
{
    return __wrap_nanosleep(length, left) == 0 ? 0 : -1;
}

int __wrap_sched_yield(void)
{
    world_poll();
    return sched_yield();
}

void __wrap_thrd_yield(void)
{
    (void)__wrap_sched_yield();
}

// ---------------------------------------------------------------------------
// cfutures' own questions
// ---------------------------------------------------------------------------

bool __wrap_cf_done(const cf_future *future);
bool __wrap_cf_running(const cf_future *future);
cf_value __wrap_cf_result_within(cf_future *future, double seconds);

bool __wrap_cf_done(const cf_future *future)
{
    const bool is_done = cf_done(future);
    if (is_done) {
        world_poll_succeeded();
    } else {
        world_poll();
    }
    return is_done;
}

// Either answer can be the one that a loop waits to see the end of.
bool __wrap_cf_running(const cf_future *future)
{
    const bool is_running = cf_running(future);
    world_poll();
    return is_running;
}

cf_value __wrap_cf_result_within(cf_future *future, double seconds)
{
    const cf_value result = cf_result_within(future, seconds);
    const cf_error *error = cf_as_error(result);
    if (error != NULL && error->code == CF_ETIMEOUT) {
        world_poll();
    }
    return result;
}
