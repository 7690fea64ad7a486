// explorer.h for programs that run outside of the explorer: time is real,
// nothing is counted, and nobody is kept waiting for others to meet.

#include "explorer.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const int64_t SECOND = 1000000000;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct timespec began;    // set once, before anybody reads it
static pthread_cond_t any_wake;  // made once, never destroyed
static pthread_mutex_t lock =
    PTHREAD_MUTEX_INITIALIZER;  // orders wait and wake

static void begin(void)
{
    clock_gettime(CLOCK_MONOTONIC, &began);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&any_wake, &attributes);
    pthread_condattr_destroy(&attributes);
}

static void begin_with_the_program(void) __attribute__((constructor));

static void begin_with_the_program(void)
{
    pthread_once(&once, begin);
}

bool xp_is_exploring(void)
{
    return false;
}

int64_t xp_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - began.tv_sec) * SECOND + now.tv_nsec - began.tv_nsec;
}

void xp_expect_elapsed(int64_t nanoseconds)
{
    (void)nanoseconds;  // real time is never exact
}

uint64_t xp_schedules(void)
{
    return 0;
}

void xp_name(const void *address, const char *name)
{
    (void)address, (void)name;
}

bool xp_together(int id, int count)
{
    (void)id, (void)count;
    return true;
}

void xp_fail(const void *place, const char *text)
{
    fprintf(stderr, "%s (at %p)\n", text, place);
    abort();
}

void xp_work(int64_t nanoseconds, const char *what)
{
    (void)what;
    struct timespec left = {nanoseconds / SECOND, nanoseconds % SECOND};
    while (nanosleep(&left, &left) != 0) {
    }
}

void xp_allow_threads(uint64_t more)
{
    (void)more;
}

uint64_t xp_threads_created(void)
{
    return 0;
}

uint64_t xp_unlocks(void)
{
    return 0;
}

// Any wake-up wakes all: who waits for another address looks, and waits again.
bool xp_address_wait(const uint32_t *address, uint32_t expected,
                     int64_t deadline)
{
    const struct timespec until = {
        .tv_sec = began.tv_sec + (began.tv_nsec + deadline) / SECOND,
        .tv_nsec = (began.tv_nsec + deadline) % SECOND,
    };
    bool in_time = true;
    pthread_mutex_lock(&lock);
    if (__atomic_load_n(address, __ATOMIC_SEQ_CST) == expected) {
        in_time = deadline < 0
                      ? pthread_cond_wait(&any_wake, &lock) == 0
                      : pthread_cond_timedwait(&any_wake, &lock, &until) == 0;
    }
    pthread_mutex_unlock(&lock);
    return in_time;
}

void xp_address_wake(const uint32_t *address, int count)
{
    (void)address, (void)count;
    pthread_mutex_lock(&lock);
    pthread_cond_broadcast(&any_wake);
    pthread_mutex_unlock(&lock);
}
