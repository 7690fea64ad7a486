#include "waits.h"

#include "must.h"
#include "world.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
// lock guards:
static struct waiting *first;
static struct waiting *last;

static _Thread_local const void *called_from;

void world_called_from(const void *place)
{
    called_from = place;
}

const void *world_called_from_where(void)
{
    return called_from;
}

void world_lock(void)
{
    must(pthread_mutex_lock(&lock), "pthread_mutex_lock");
}

void world_unlock(void)
{
    must(pthread_mutex_unlock(&lock), "pthread_mutex_unlock");
}

struct waiting *world_waits_locked(void)
{
    return first;
}

void world_begin_wait_locked(struct waiting *waiting, enum wait_kind kind,
                             void *object)
{
    *waiting = (struct waiting){
        .kind = kind,
        .object = object,
        .actor = world_self(),
        .place = called_from,
        .wake = PTHREAD_COND_INITIALIZER,
        .previous = last,
    };
    *(last != NULL ? &last->next : &first) = waiting;
    last = waiting;
    if (kind != WAIT_SLEEP) {
        world_progress_locked();
    }
}

void world_end_wait_locked(struct waiting *waiting)
{
    *(waiting->previous != NULL ? &waiting->previous->next : &first) =
        waiting->next;
    *(waiting->next != NULL ? &waiting->next->previous : &last) =
        waiting->previous;
    pthread_cond_destroy(&waiting->wake);
    if (waiting->kind != WAIT_SLEEP) {
        world_progress_locked();
    }
}

// The thread was cancelled while it waited.
static void abandon_wait(void *waiting)
{
    world_end_wait_locked(waiting);
    world_unlock();
}

void world_wait_locked(struct waiting *waiting)
{
    pthread_cleanup_push(abandon_wait, waiting);
    int rc = 0;
    while (!waiting->released && rc == 0) {
        rc = waiting->kind == WAIT_SLEEP
                 ? pthread_cond_clockwait(&waiting->wake, &lock,
                                          CLOCK_MONOTONIC, &waiting->until)
                 : pthread_cond_wait(&waiting->wake, &lock);
    }
    pthread_cleanup_pop(0);
}

void world_release_locked(struct waiting *waiting)
{
    waiting->released = true;
    if (waiting->kind != WAIT_SLEEP) {
        world_progress_locked();
    }
    must(pthread_cond_signal(&waiting->wake), "pthread_cond_signal");
}

struct waiting *world_next_waiting_locked(const struct waiting *after,
                                          enum wait_kind kind, void *object)
{
    struct waiting *waiting = after != NULL ? after->next : first;
    while (waiting != NULL &&
           (waiting->kind != kind || waiting->object != object)) {
        waiting = waiting->next;
    }
    return waiting;
}

struct waiting *world_first_waiting_locked(enum wait_kind kind, void *object)
{
    struct waiting *waiting = world_next_waiting_locked(NULL, kind, object);
    while (waiting != NULL && waiting->released) {
        waiting = world_next_waiting_locked(waiting, kind, object);
    }
    return waiting;
}
