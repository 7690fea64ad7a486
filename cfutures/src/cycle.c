// Tasks that wait for each other, on whatever threads and in whatever pools:
// the wait that would close the circle fails instead.
//
// A task that sleeps until another is done points to it, and so does a task
// whose thread is inside of another one for it. A task points to one other at
// most, so the way from one to the next has no fork, and no circle either,
// since none is ever closed. It is followed before each such wait, and extended
// in the same step.
//
// Whoever is on the way is alive: a task that waits for a future has not
// returned from the wait, so it has not given the future back, and it takes
// itself off the way, under the lock, before it goes on. Waits with a limit are
// not on the way: they end by themselves.

#include "internal.h"

#include <stdio.h>
#include <string.h>

static struct cfi_lock lock = {PTHREAD_MUTEX_INITIALIZER};

// How many tasks of a circle are named.
enum { MOST_NAMES = 8, LONGEST_LIST = 1024 };

struct circle {
    const char *labels[MOST_NAMES];  // literals
    size_t length;                   // 0: there is none
};

// NULL: the thread is inside of an initializer or a callback only.
static const cf_future *innermost_task(void)
{
    const struct cfi_frame *frame = cfi_frame_current();
    while (frame != NULL && frame->future == NULL) {
        frame = frame->outer;
    }
    return frame == NULL ? NULL : frame->future;
}

// Each task that this thread is inside of waits for the one inside of it, and
// the innermost for `awaited`. NULL: they don't wait any more.
static void point_to_locked(cf_future *awaited) CFI_REQUIRES(lock)
{
    cf_future *next = awaited;
    for (struct cfi_frame *frame = cfi_frame_current(); frame;
         frame = frame->outer) {
        if (frame->future != NULL) {
            frame->future->waits_for = next;
            next = awaited == NULL ? NULL : frame->future;
        }
    }
}

// Follows the way from the task of this thread, which has just been extended.
// All that was added leads to this task, so a new circle comes back to it.
static struct circle find_circle_locked(const cf_future *start)
    CFI_REQUIRES(lock)
{
    struct circle circle = {.length = 0};
    const cf_future *task = start;
    for (size_t length = 0; task != NULL; task = task->waits_for) {
        if (task == start && length > 0) {
            circle.length = length;
            break;
        }
        if (length < MOST_NAMES) {
            circle.labels[length] = task->call.label;
        }
        length++;
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

cf_value cfi_cycle_enter(cf_future *awaited)
{
    cfi_lock_acquire(&lock);
    point_to_locked(awaited);
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
