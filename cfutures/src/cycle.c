// Tasks that wait for each other, on whatever threads and in whatever pools:
// the wait that would close the circle fails instead.
//
// A task that sleeps points to what it waits for, and a task whose thread is
// inside of another one to that. Who waits for one of several futures can go on
// as long as one of their tasks can; so before each such wait all ways from it
// are followed, until one ends at a task that doesn't wait. If none does, all
// that was met would sleep for ever. The wait for all of several is none of
// its own here: it is a wait for each.
//
// Whoever is on a way is alive: a task that waits for a future has not
// returned from the wait, so it has not given the future back, and it takes
// itself off the way, under the lock, before it goes on. Waits with a limit are
// not on a way: they end by themselves.

#include "internal.h"

#include <stdio.h>
#include <string.h>

static struct cfi_lock lock = {PTHREAD_MUTEX_INITIALIZER};
static uint64_t ways_followed;  // guarded by the lock; each has its number

// How many tasks of a circle are named.
enum { MOST_NAMES = 8, LONGEST_LIST = 1024 };

struct circle {
    const char *labels[MOST_NAMES];  // literals
    size_t length;                   // 0: there is none
};

// NULL: the thread is inside of an initializer or a callback only.
static cf_future *innermost_task(void)
{
    const struct cfi_frame *frame = cfi_frame_current();
    while (frame != NULL && frame->future == NULL) {
        frame = frame->outer;
    }
    return frame == NULL ? NULL : frame->future;
}

// Each task that this thread is inside of waits for the one inside of it, and
// the innermost with the waiter. NULL: they don't wait any more.
static void point_to_locked(const struct cfi_waiter *waiter) CFI_REQUIRES(lock)
{
    cf_future *inner = NULL;
    for (struct cfi_frame *frame = cfi_frame_current(); frame;
         frame = frame->outer) {
        if (frame->future != NULL) {
            frame->future->waits_for = waiter == NULL ? NULL : inner;
            frame->future->waits_with = inner == NULL ? waiter : NULL;
            inner = frame->future;
        }
    }
}

// ----- following the ways -----

// The tasks that were met, linked by next_on_way.
struct way {
    cf_future *first;
    cf_future *last;
};

static void go_to_locked(struct way *way, cf_future *task) CFI_REQUIRES(lock)
{
    if (task->way == ways_followed) {
        return;  // was met before
    }
    task->way = ways_followed;
    task->next_on_way = NULL;
    if (way->first == NULL) {
        way->first = task;
    } else {
        way->last->next_on_way = task;
    }
    way->last = task;
}

// The task that keeps the future from being done, if that sleeps: its own, or
// that of what it goes on from. NULL: the future is done, or may be one day.
static cf_future *sleeping_task_of_locked(cf_future *future) CFI_REQUIRES(lock)
{
    if (cfi_future_is_done(future)) {
        return NULL;
    }
    cfi_lock_acquire(&future->pool->lock);
    while (!cfi_future_is_done(future) && future->head != NULL) {
        future = future->head;
    }
    const bool sleeps = future->waits_for != NULL || future->waits_with != NULL;
    cfi_lock_release(&future->pool->lock);
    return sleeps ? future : NULL;
}

// Returns whether it leads to tasks that sleep only.
static bool follow_locked(struct way *way, cf_future *awaited)
    CFI_REQUIRES(lock)
{
    cf_future *task = sleeping_task_of_locked(awaited);
    if (task != NULL) {
        go_to_locked(way, task);
    }
    return task != NULL;
}

// The same for all that the task waits for.
static bool follow_all_locked(struct way *way, const cf_future *task)
    CFI_REQUIRES(lock)
{
    if (task->waits_for != NULL) {
        return follow_locked(way, task->waits_for);
    }
    const struct cfi_waiter *waiter = task->waits_with;
    for (const struct cfi_watch *watch = waiter->first_watch; watch != NULL;
         watch = watch->sibling) {
        // What was told before the wait doesn't end it.
        if (!cfi_watch_is_over(watch) && !follow_locked(way, watch->future)) {
            return false;
        }
    }
    // What was told since then ends it. Asked last: a watch is told first.
    return !cfi_waiter_is_content(waiter);
}

// Follows the ways from the task of this thread, which has just been put on
// one. There was no circle before, so all that a new one is made of can be
// reached from here.
static struct circle find_circle_locked(cf_future *start) CFI_REQUIRES(lock)
{
    struct circle circle = {.length = 0};
    struct way way = {.first = NULL};
    if (start == NULL) {
        return circle;
    }
    ways_followed++;
    go_to_locked(&way, start);
    for (const cf_future *task = start; task; task = task->next_on_way) {
        if (!follow_all_locked(&way, task)) {
            return circle;
        }
    }
    for (const cf_future *task = start; task; task = task->next_on_way) {
        if (circle.length < MOST_NAMES) {
            circle.labels[circle.length] = task->call.label;
        }
        circle.length++;
    }
    return circle;
}

static cf_value circle_error(const struct circle *circle)
{
    char names[LONGEST_LIST] = "";
    size_t length = 0;
    for (size_t i = 0; i < circle->length && i < MOST_NAMES; i++) {
        const int written = snprintf(names + length, sizeof names - length,
                                     "\n      %s", circle->labels[i]);
        length += written < 0 ? 0 : (size_t)written;
        if (length >= sizeof names) {
            length = sizeof names - 1;
        }
    }
    if (circle->length > MOST_NAMES) {
        (void)snprintf(names + length, sizeof names - length,
                       "\n      and %zu more", circle->length - MOST_NAMES);
    }
    return cfi_fail("cf_result", CF_EDEADLOCK,
                    "the tasks wait for each other in a circle, each for the "
                    "next:%s",
                    names);
}

void cfi_cycle_unlock_in_child(void)
{
    lock = (struct cfi_lock){PTHREAD_MUTEX_INITIALIZER};
}

cf_value cfi_cycle_enter(const struct cfi_waiter *waiter)
{
    cfi_lock_acquire(&lock);
    point_to_locked(waiter);
    const struct circle circle = find_circle_locked(innermost_task());
    if (circle.length > 0) {
        point_to_locked(NULL);
    }
    cfi_lock_release(&lock);
    return circle.length == 0 ? cf_none() : circle_error(&circle);
}

void cfi_cycle_leave(void)
{
    cfi_lock_acquire(&lock);
    point_to_locked(NULL);
    cfi_lock_release(&lock);
}
