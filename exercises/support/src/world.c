#include "world.h"

#include "must.h"
#include "stuck.h"
#include "wb_test.h"

#include <cfutures_testing.h>

// What is known of each thread that came here.
struct actor {
    bool is_test_thread;
    unsigned long polls_version;  // of the world, when `polls` began
    unsigned polls;               // in a row, with nothing changing
};

static _Thread_local struct actor self;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
// lock guards:
static bool is_active;
static deadlock_handler *on_deadlock;
static struct waiting *first;
static struct waiting *last;
static size_t threads_alive;
static unsigned long version;   // grows with all that is progress
static size_t spinners;         // actors that polled too often in this version
static struct cf_test_snapshot tasks;  // as last seen

void world_lock(void)
{
    must(pthread_mutex_lock(&lock), "pthread_mutex_lock");
}

void world_unlock(void)
{
    must(pthread_mutex_unlock(&lock), "pthread_mutex_unlock");
}

const struct actor *world_self(void)
{
    return &self;
}

bool world_is_test_thread(const struct actor *actor)
{
    return actor->is_test_thread;
}

void world_progress_locked(void)
{
    version++;
    spinners = 0;
}

void world_count_thread_locked(int change)
{
    threads_alive += (size_t)change;
    world_progress_locked();
}

// ---------------------------------------------------------------------------
// Waits
// ---------------------------------------------------------------------------

void world_begin_wait_locked(struct waiting *waiting, enum wait_kind kind,
                             void *object)
{
    *waiting = (struct waiting){
        .kind = kind,
        .object = object,
        .actor = &self,
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
                                          enum wait_kind kind,
                                          void *object)
{
    struct waiting *waiting = after != NULL ? after->next : first;
    while (waiting != NULL &&
           (waiting->kind != kind || waiting->object != object)) {
        waiting = waiting->next;
    }
    return waiting;
}

struct waiting *world_first_waiting_locked(enum wait_kind kind,
                                           void *object)
{
    struct waiting *waiting = world_next_waiting_locked(NULL, kind, object);
    while (waiting != NULL && waiting->released) {
        waiting = world_next_waiting_locked(waiting, kind, object);
    }
    return waiting;
}

// ---------------------------------------------------------------------------
// Decisions
// ---------------------------------------------------------------------------

// The actors at this moment, by what they do.
struct census {
    size_t running;   // not blocked; the next two are among them
    size_t spinning;  // polled too often; may be asleep between two polls
    size_t asleep;    // and not spinning
    size_t in_gates;
    struct waiting *next_to_wake;  // of those asleep, the one due first
};

static bool has_polled_too_often(const struct actor *actor)
{
    return actor->polls_version == version && actor->polls >= WB_MANY_POLLS;
}

static bool is_due_before(const struct waiting *one,
                          const struct waiting *other)
{
    return one->until.tv_sec != other->until.tv_sec
               ? one->until.tv_sec < other->until.tv_sec
               : one->until.tv_nsec < other->until.tv_nsec;
}

static void count_sleeper(struct census *census, struct waiting *waiting)
{
    if (has_polled_too_often(waiting->actor)) {
        return;  // it is counted as spinning already
    }
    census->asleep++;
    if (census->next_to_wake == NULL ||
        is_due_before(waiting, census->next_to_wake)) {
        census->next_to_wake = waiting;
    }
}

static struct census count_actors(void)
{
    size_t actors = 1 + threads_alive + tasks.workers_busy;
    size_t blocked = tasks.callers_blocked;
    struct census census = {.spinning = spinners};
    for (struct waiting *w = first; w != NULL; w = w->next) {
        if (w->released) {
            continue;
        }
        if (w->kind == WAIT_SLEEP) {
            count_sleeper(&census, w);
        } else if (w->kind != WAIT_HANDOVER) {
            blocked++;
            census.in_gates += w->kind == WAIT_GATE ? 1 : 0;
        }
    }
    census.running = actors > blocked ? actors - blocked : 0;
    return census;
}

static bool is_same(const struct cf_test_snapshot *a,
                    const struct cf_test_snapshot *b)
{
    return a->executors_open == b->executors_open &&
           a->submitted == b->submitted && a->finished == b->finished &&
           a->startable == b->startable &&
           a->workers_busy == b->workers_busy &&
           a->callers_blocked == b->callers_blocked;
}

// Polls are no progress, all else that cfutures counts is.
static void look_at_tasks(void)
{
    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    if (!is_same(&now, &tasks)) {
        world_progress_locked();
    }
    tasks = now;
}

static void let_everybody_go(enum wb_gate_state state)
{
    const char *why = stuck_reason(first, &tasks, state);
    for (struct waiting *w = first; w != NULL; w = w->next) {
        if (w->kind == WAIT_GATE && !w->released) {
            stuck_give_up_gate(w->object, state, why);
            world_release_locked(w);
        }
        w->is_its_turn = w->kind == WAIT_MUTEX;
    }
}

void world_decide_locked(void)
{
    if (!is_active) {
        return;
    }
    look_at_tasks();
    const struct census census = count_actors();
    if (tasks.startable > 0 ||
        census.running > census.spinning + census.asleep) {
        return;
    }
    if (census.in_gates == 0) {
        if (census.running == 0 && stuck_is_deadlock(first)) {
            on_deadlock(stuck_report(first, &tasks));
        }
        return;
    }
    if (census.asleep > 0) {
        world_release_locked(census.next_to_wake);
    } else if (census.running > 0) {
        let_everybody_go(WB_GATE_SPINNING);
    } else {
        let_everybody_go(WB_GATE_STUCK);
    }
}

void world_poll(void)
{
    world_lock();
    if (self.polls_version != version) {
        self.polls_version = version;
        self.polls = 0;
    }
    self.polls++;
    if (self.polls == WB_MANY_POLLS) {
        spinners++;
    }
    world_decide_locked();
    world_unlock();
}

void world_poll_succeeded(void)
{
    world_lock();
    if (has_polled_too_often(&self)) {
        spinners--;
    }
    self.polls = 0;
    world_unlock();
}

static void tasks_changed(void *unused)
{
    (void)unused;
    world_lock();
    world_decide_locked();
    world_unlock();
}

void world_begin(deadlock_handler *handler)
{
    cf_test_begin(tasks_changed, NULL);
    world_lock();
    self.is_test_thread = true;
    on_deadlock = handler;
    is_active = true;
    world_unlock();
}

void world_end(void)
{
    world_lock();
    is_active = false;
    world_unlock();
    cf_test_end();
}
