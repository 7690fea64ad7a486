#include "world.h"

#include "stuck.h"
#include "wb_test.h"

#include <cfutures_testing.h>

// What is known of each thread that came here.
struct actor {
    bool is_test_thread;
    bool is_cancelled;
    unsigned long polls_version;  // of the world, when `polls` began
    unsigned polls;               // in a row, with nothing changing
};

static _Thread_local struct actor self;

// Guarded by the world's lock:
static bool is_active;
static deadlock_handler *on_deadlock;
static size_t threads_alive;
static unsigned long version;  // grows with all that is progress
static size_t spinners;        // actors that polled too often in this version
static struct cf_test_snapshot tasks;  // as last seen

struct actor *world_self(void)
{
    return &self;
}

void world_cancel_locked(struct actor *actor)
{
    actor->is_cancelled = true;
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
    for (struct waiting *w = world_waits_locked(); w != NULL; w = w->next) {
        if (w->released || w->actor->is_cancelled) {
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
           a->startable == b->startable && a->workers_busy == b->workers_busy &&
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
    const char *why = stuck_reason(world_waits_locked(), &tasks, state);
    for (struct waiting *w = world_waits_locked(); w != NULL; w = w->next) {
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
        if (census.running == 0 && stuck_is_deadlock(world_waits_locked())) {
            on_deadlock(stuck_report(world_waits_locked(), &tasks));
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
