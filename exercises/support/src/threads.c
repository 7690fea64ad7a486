// The wrapped calls that make threads, and wait for their end.

#include "threads_c11.h"
#include "wb_test.h"
#include "world.h"
#include "wrapped.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

// A thread that was made by a wrapped call.
struct thread {
    pthread_t id;
    void *(*start)(void *);  // one of the two starts is set
    thrd_start_t c11_start;
    void *arg;
    bool is_created;  // its creator is done with this record
    bool has_ended;   // is past the last line of the test's code
    bool is_detached;
    bool is_being_joined;  // somebody waits for its end
    bool is_joined;
    bool is_cancelled;
    struct actor *actor;   // NULL before its first line
    struct thread *joins;  // whose end it waits for
    struct thread *next;
};  // guarded by the world's lock; start and arg: set before the thread starts

static _Thread_local struct thread *self;  // NULL on other threads

// Guarded by the world's lock:
static struct thread *threads;
static size_t created;
static size_t allowed = SIZE_MAX;  // so many more may be made

void wb_allow_threads(size_t more)
{
    world_lock();
    allowed = more;
    world_unlock();
}

size_t wb_threads_created(void)
{
    world_lock();
    const size_t count = created;
    world_unlock();
    return count;
}

// ---------------------------------------------------------------------------
// Records
// ---------------------------------------------------------------------------

// Frees the record when nobody can ask for the thread any more.
static void forget_if_over_locked(struct thread *thread)
{
    if (!thread->is_created || !thread->has_ended ||
        !(thread->is_detached || thread->is_joined)) {
        return;
    }
    struct thread **link = &threads;
    while (*link != thread) {
        link = &(*link)->next;
    }
    *link = thread->next;
    free(thread);
}

// NULL for a thread that is not known, or that nobody may join (any more).
static struct thread *find_locked(pthread_t id)
{
    for (struct thread *t = threads; t != NULL; t = t->next) {
        const bool is_taken =
            t->is_joined || t->is_being_joined || t->is_detached;
        if (!is_taken && pthread_equal(t->id, id)) {
            return t;
        }
    }
    return NULL;
}

// Notes the thread as alive, before it is: from now on it may bring somebody.
static struct thread *note_birth(struct thread thread)
{
    struct thread *noted = malloc(sizeof *noted);
    world_lock();
    if (noted == NULL || allowed == 0) {
        world_unlock();
        free(noted);
        return NULL;
    }
    allowed -= allowed != SIZE_MAX ? 1 : 0;
    created++;
    *noted = thread;
    noted->next = threads;
    threads = noted;
    world_count_thread_locked(1);
    world_unlock();
    return noted;
}

static void note_end_locked(struct thread *thread)
{
    thread->has_ended = true;
    for (struct waiting *w;
         (w = world_first_waiting_locked(WAIT_JOIN, thread)) != NULL;) {
        world_release_locked(w);
    }
    world_count_thread_locked(-1);
    world_decide_locked();
    forget_if_over_locked(thread);
}

// ---------------------------------------------------------------------------
// Create
// ---------------------------------------------------------------------------

// However the thread ends: by return, pthread_exit or cancellation.
static void end_thread(void *thread)
{
    self = NULL;
    world_lock();
    note_end_locked(thread);
    world_unlock();
}

static void *run_thread(void *arg)
{
    struct thread *thread = arg;
    void *result;
    self = thread;
    world_lock();
    thread->id = pthread_self();
    thread->actor = world_self();
    if (thread->is_cancelled) {
        world_cancel_locked(thread->actor);
    }
    world_unlock();
    pthread_cleanup_push(end_thread, thread);
    result = thread->start != NULL
                 ? thread->start(thread->arg)
                 : (void *)(intptr_t)thread->c11_start(thread->arg);
    pthread_cleanup_pop(1);
    return result;
}

static bool is_detached(const pthread_attr_t *attributes)
{
    int state = PTHREAD_CREATE_JOINABLE;
    return attributes != NULL &&
           pthread_attr_getdetachstate(attributes, &state) == 0 &&
           state == PTHREAD_CREATE_DETACHED;
}

static int create(pthread_t *id, const pthread_attr_t *attributes,
                  struct thread thread)
{
    thread.is_detached = is_detached(attributes);
    struct thread *noted = note_birth(thread);
    if (noted == NULL) {
        return EAGAIN;
    }
    const int rc = pthread_create(id, attributes, run_thread, noted);
    world_lock();
    noted->is_created = true;
    if (rc == 0) {
        noted->id = *id;
        forget_if_over_locked(noted);
    } else {
        created--;
        noted->is_detached = true;
        note_end_locked(noted);
    }
    world_unlock();
    return rc;
}

int __wrap_pthread_create(pthread_t *id, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *arg)
{
    return create(id, attributes, (struct thread){.start = start, .arg = arg});
}

// ---------------------------------------------------------------------------
// Join and detach
// ---------------------------------------------------------------------------

struct joining {
    struct thread *thread;
    struct waiting waiting;
};

// A wait that the real call will make, and not refuse.
static bool begin_join(struct joining *joining, pthread_t id)
{
    world_lock();
    struct thread *thread = find_locked(id);
    const bool waits_for_itself =
        thread == self ||
        (thread != NULL && self != NULL && thread->joins == self);
    if (thread == NULL || waits_for_itself) {
        world_unlock();
        return false;
    }
    joining->thread = thread;
    thread->is_being_joined = true;
    if (self != NULL) {
        self->joins = thread;
    }
    world_begin_wait_locked(&joining->waiting, WAIT_JOIN, thread);
    joining->waiting.released = thread->has_ended;
    world_decide_locked();
    world_unlock();
    return true;
}

static void end_join(struct joining *joining, bool has_joined)
{
    world_lock();
    world_end_wait_locked(&joining->waiting);
    joining->thread->is_being_joined = false;
    joining->thread->is_joined = has_joined;
    if (self != NULL) {
        self->joins = NULL;
    }
    forget_if_over_locked(joining->thread);
    world_unlock();
}

static void abandon_join(void *joining)  // the joiner was cancelled
{
    end_join(joining, false);
}

int __wrap_pthread_join(pthread_t id, void **result)
{
    WORLD_CALLED_HERE();
    struct joining joining;
    if (!begin_join(&joining, id)) {
        return pthread_join(id, result);
    }
    int rc;
    pthread_cleanup_push(abandon_join, &joining);
    rc = pthread_join(id, result);
    pthread_cleanup_pop(0);
    end_join(&joining, rc == 0);
    return rc;
}

int __wrap_pthread_detach(pthread_t id)
{
    world_lock();
    struct thread *thread = find_locked(id);
    const int rc = pthread_detach(id);
    if (thread != NULL && rc == 0) {
        thread->is_detached = true;
        forget_if_over_locked(thread);
    }
    world_unlock();
    return rc;
}

int __wrap_pthread_cancel(pthread_t id)
{
    world_lock();
    struct thread *thread = threads;
    while (thread != NULL &&
           (thread->has_ended || !pthread_equal(thread->id, id))) {
        thread = thread->next;
    }
    if (thread != NULL) {
        thread->is_cancelled = true;
        if (thread->actor != NULL) {
            world_cancel_locked(thread->actor);
        }
    }
    world_unlock();
    return pthread_cancel(id);
}

int threads_create_c11(thrd_t *id, thrd_start_t function, void *arg)
{
    return create(id, NULL, (struct thread){.c11_start = function, .arg = arg});
}
