// The test hooks, used as the grader uses them: a gate that gives up as soon as
// a snapshot says that nobody else can come. It must never give up on a program
// that is only slow, and never wait for one that is stuck.

#include <cfutures_testing.h>

#include "support.h"
#include "watching.h"

#include <cfutures.h>

// ----- the gate -----

// Whoever enters stays until `needed` are inside at once, or until everybody
// who could bring one more is inside or blocked.
static struct meeting {
    pthread_mutex_t lock;
    // lock guards:
    pthread_cond_t changed;
    size_t needed;
    size_t inside;
    size_t threads;  // of the program, that may still submit
    bool is_open;
    bool is_stuck;
} meeting = {.lock = PTHREAD_MUTEX_INITIALIZER,
             .changed = PTHREAD_COND_INITIALIZER};

static void decide_locked(struct meeting *m)
{
    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    if (m->inside == 0 || m->is_open || m->is_stuck) {
        return;
    }
    m->is_open = m->inside >= m->needed;
    m->is_stuck =
        !m->is_open && now.startable == 0 &&
        now.callers_blocked + m->inside == m->threads + now.workers_busy;
    if (m->is_open || m->is_stuck) {
        pthread_cond_broadcast(&m->changed);
    }
}

static void decide(void *context)
{
    struct meeting *m = context;
    pthread_mutex_lock(&m->lock);
    decide_locked(m);
    pthread_mutex_unlock(&m->lock);
}

static cf_value meet(cf_value arg)
{
    pthread_mutex_lock(&meeting.lock);
    meeting.inside++;
    decide_locked(&meeting);
    while (!meeting.is_open && !meeting.is_stuck) {
        pthread_cond_wait(&meeting.changed, &meeting.lock);
    }
    meeting.inside--;
    pthread_mutex_unlock(&meeting.lock);
    return arg;
}

static void meeting_begin(size_t needed)
{
    meeting.needed = needed;
    meeting.inside = 0;
    meeting.threads = 1;
    meeting.is_open = false;
    meeting.is_stuck = false;
    cf_test_begin(decide, &meeting);
}

// ----- right and wrong programs -----

// As a right solution does: submit all, then wait for each.
static void submit_all_then_wait(int tasks, int workers)
{
    cf_future *futures[16];
    cf_with (pool, cf_thread_pool(.max_workers = workers)) {
        for (int i = 0; i < tasks; i++) {
            futures[i] = cf_submit(pool, meet, i);
        }
        for (int i = 0; i < tasks; i++) {
            cf_result(futures[i]);
        }
    }
}

static void submit_all_then_close(int tasks, int workers)
{
    cf_with (pool, cf_thread_pool(.max_workers = workers)) {
        for (int i = 0; i < tasks; i++) {
            cf_submit(pool, meet, i);
        }
    }
}

static void wait_for_each_before_the_next(int tasks, int workers)
{
    cf_with (pool, cf_thread_pool(.max_workers = workers)) {
        for (int i = 0; i < tasks; i++) {
            cf_result(cf_submit(pool, meet, i));
        }
    }
}

enum { ROUNDS = 60 };

static void a_right_solution_is_never_called_stuck(void)
{
    for (int round = 0; round < ROUNDS; round++) {
        for (int n = 1; n <= 8; n += 1 + n / 3) {
            meeting_begin((size_t)n);
            submit_all_then_wait(n, n);
            CU_ASSERT_FALSE(meeting.is_stuck);
            cf_test_end();
            meeting_begin((size_t)n);
            submit_all_then_close(n, n + 1);
            CU_ASSERT_FALSE(meeting.is_stuck);
            cf_test_end();
        }
    }
}

// Tasks that come in waves: the first wave's end must let the second start.
static void two_waves(int tasks)
{
    cf_future *futures[16];
    cf_with (pool, cf_thread_pool(.max_workers = tasks)) {
        for (int i = 0; i < tasks; i++) {
            futures[i] = cf_submit(pool, itself, i);
        }
        for (int i = 0; i < tasks; i++) {
            cf_result(futures[i]);
        }
        for (int i = 0; i < tasks; i++) {
            futures[i] = cf_submit(pool, meet, i);
        }
        for (int i = tasks - 1; i >= 0; i--) {
            cf_result(futures[i]);
        }
    }
}

static void a_second_wave_is_never_called_stuck(void)
{
    for (int round = 0; round < ROUNDS; round++) {
        meeting_begin(4);
        two_waves(4);
        CU_ASSERT_FALSE(meeting.is_stuck);
        cf_test_end();
    }
}

static void a_stuck_program_is_always_called_so(void)
{
    for (int round = 0; round < ROUNDS; round++) {
        for (int n = 1; n <= 6; n++) {
            meeting_begin((size_t)n + 1);
            submit_all_then_wait(n, n);
            CU_ASSERT_TRUE(meeting.is_stuck);
            cf_test_end();
            meeting_begin((size_t)n + 1);
            submit_all_then_close(n + 1, n);  // one worker too few
            CU_ASSERT_TRUE(meeting.is_stuck);
            cf_test_end();
            meeting_begin(2);
            wait_for_each_before_the_next(n + 1, 4);
            CU_ASSERT_TRUE(meeting.is_stuck);
            cf_test_end();
        }
    }
}

static cf_executor *pool_of_tasks;

// Waits for a task that runs in place, and then meets.
static cf_value meet_after_another(cf_value arg)
{
    cf_result(cf_submit(pool_of_tasks, itself, 1));
    return meet(arg);
}

static void tasks_run_in_place_are_counted(void)
{
    for (int round = 0; round < ROUNDS; round++) {
        meeting_begin(3);
        cf_with (pool, cf_thread_pool(.max_workers = 3)) {
            pool_of_tasks = pool;
            for (int i = 0; i < 3; i++) {
                cf_submit(pool, meet_after_another, i);
            }
        }
        CU_ASSERT_TRUE(meeting.is_open);
        CU_ASSERT_EQUAL(snapshot().submitted, 6);
        CU_ASSERT_EQUAL(snapshot().finished, 6);
        cf_test_end();
    }
}

static CU_TestInfo gates[] = {
    TEST(a_right_solution_is_never_called_stuck),
    TEST(a_second_wave_is_never_called_stuck),
    TEST(a_stuck_program_is_always_called_so),
    TEST(tasks_run_in_place_are_counted),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("a gate that gives up", gates),
    CU_SUITE_INFO_NULL,
};
