// The test hooks (cfutures_testing.h). What matters most: a caller counts as
// blocked exactly while what it waits for has not happened, so that one
// snapshot is enough to tell a stuck program from a slow one.

#include <cfutures_testing.h>

#include "support.h"

#include <cfutures.h>
#include <errno.h>
#include <sched.h>
#include <stdatomic.h>

#include "../src/internal.h"

// ----- watching -----

// Looks at each snapshot of a test, and wakes who waits for a certain one.
static struct watch {
    pthread_mutex_t lock;
    // lock guards:
    pthread_cond_t changed;
    bool (*is_wrong)(const struct cf_test_snapshot *now);  // or NULL
    unsigned looks;
    unsigned wrong;
} watch = {.lock = PTHREAD_MUTEX_INITIALIZER,
           .changed = PTHREAD_COND_INITIALIZER};

static void look(void *context)
{
    struct watch *w = context;
    struct cf_test_snapshot now;
    pthread_mutex_lock(&w->lock);
    cf_test_snapshot(&now);
    w->looks++;
    if (w->is_wrong != NULL && w->is_wrong(&now)) {
        w->wrong++;
    }
    pthread_cond_broadcast(&w->changed);
    pthread_mutex_unlock(&w->lock);
}

static void watch_begin(bool (*is_wrong)(const struct cf_test_snapshot *now))
{
    watch.is_wrong = is_wrong;
    watch.looks = 0;
    watch.wrong = 0;
    cf_test_begin(look, &watch);
}

static void watch_end(void)
{
    CU_ASSERT(watch.looks > 0);
    CU_ASSERT_EQUAL(watch.wrong, 0);
    cf_test_end();
}

static void await_blocked(size_t callers)
{
    struct cf_test_snapshot now;
    pthread_mutex_lock(&watch.lock);
    while (cf_test_snapshot(&now), now.callers_blocked != callers) {
        pthread_cond_wait(&watch.changed, &watch.lock);
    }
    pthread_mutex_unlock(&watch.lock);
}

static void await_busy(size_t workers)
{
    struct cf_test_snapshot now;
    pthread_mutex_lock(&watch.lock);
    while (cf_test_snapshot(&now), now.workers_busy != workers) {
        pthread_cond_wait(&watch.changed, &watch.lock);
    }
    pthread_mutex_unlock(&watch.lock);
}

static struct cf_test_snapshot snapshot(void)
{
    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    return now;
}

// ----- tasks and threads -----

static void *wait_for_result(void *future)
{
    cf_result(future);
    return NULL;
}

static void *wait_for_shutdown(void *pool)
{
    cf_shutdown(pool, CF_WAIT);
    return NULL;
}

static pthread_t start(void *(*function)(void *), void *arg)
{
    pthread_t thread;
    CU_ASSERT_EQUAL_FATAL(pthread_create(&thread, NULL, function, arg), 0);
    return thread;
}

// ----- plain counts -----

static void nothing_is_counted_while_the_hooks_are_off(void)
{
    cf_test_begin(NULL, NULL);
    cf_test_end();
    cf_with (pool, cf_thread_pool()) {
        cf_result(cf_submit(pool, itself, 1));
    }
    const struct cf_test_snapshot now = snapshot();
    CU_ASSERT_EQUAL(now.submitted, 0);
    CU_ASSERT_EQUAL(now.executors_open, 0);
}

static void tasks_and_executors_are_counted(void)
{
    cf_test_begin(NULL, NULL);
    cf_with (outer, cf_thread_pool()) {
        cf_with (inner, cf_thread_pool()) {
            for (int i = 0; i < 3; i++) {
                cf_result(cf_submit(inner, itself, i));
            }
            cf_result(cf_submit(outer, itself, 0));
            CU_ASSERT_EQUAL(snapshot().executors_open, 2);
        }
        CU_ASSERT_EQUAL(snapshot().executors_open, 1);
    }
    const struct cf_test_snapshot now = snapshot();
    CU_ASSERT_EQUAL(now.executors_opened, 2);
    CU_ASSERT_EQUAL(now.executors_open, 0);
    CU_ASSERT_EQUAL(now.submitted, 4);
    CU_ASSERT_EQUAL(now.finished, 4);
    CU_ASSERT_EQUAL(now.workers_busy, 0);
    CU_ASSERT_EQUAL(now.startable, 0);
    CU_ASSERT_EQUAL(now.callers_blocked, 0);
    CU_ASSERT_EQUAL(now.polls, 0);
    cf_test_end();
}

static void refused_tasks_are_submitted_and_finished(void)
{
    cf_test_begin(NULL, NULL);
    cf_with (pool, cf_thread_pool()) {
        cf_shutdown(pool, CF_WAIT);
        cf_submit(pool, itself, 1);
    }
    fail_request(1, false);
    cf_with (pool, cf_thread_pool()) {
        cf_submit(pool, itself, 1);
        CU_ASSERT_EQUAL(snapshot().executors_open, 1);
    }
    CU_ASSERT_EQUAL(snapshot().executors_open, 0);
    CU_ASSERT_EQUAL(snapshot().submitted, 2);
    CU_ASSERT_EQUAL(snapshot().finished, 2);
    cf_test_end();
}

static void an_executor_left_open_does_not_count_in_the_next_test(void)
{
    cf_test_begin(NULL, NULL);
    cf_executor *left_open = cf_thread_pool();
    CU_ASSERT_EQUAL(snapshot().executors_open, 1);
    cf_test_end();
    cf_test_begin(NULL, NULL);
    cf_with (pool, cf_thread_pool()) {
        cf_close(left_open);
        cf_result(cf_submit(pool, itself, 1));
        CU_ASSERT_EQUAL(snapshot().executors_open, 1);
    }
    CU_ASSERT_EQUAL(snapshot().executors_open, 0);
    cf_test_end();
}

static cf_value is_in_task(cf_value arg)
{
    (void)arg;
    return cf_int(cf_test_in_task());
}

static void a_thread_knows_whether_it_is_in_a_task(void)
{
    CU_ASSERT_FALSE(cf_test_in_task());
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, is_in_task, cf_none());
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 1);
    }
    CU_ASSERT_FALSE(cf_test_in_task());
}

static void polls_are_questions_answered_not_yet(void)
{
    struct gate gate = GATE_CLOSED;
    watch_begin(NULL);
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, pass_gate, cf_ptr(&gate));
        cf_done(future);
        cf_running(future);
        cf_result_within(future, 0);
        cf_result_within(future, -1);
        CU_ASSERT_EQUAL(snapshot().polls, 4);
        gate_open(&gate);
        cf_result(future);
        cf_done(future);
        cf_running(future);
        cf_result_within(future, 0);
        CU_ASSERT_EQUAL(snapshot().polls, 4);
    }
    watch_end();
}

// ----- startable -----

static void a_task_is_startable_while_a_worker_is_free(void)
{
    struct gate gate = GATE_CLOSED;
    watch_begin(NULL);
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_submit(pool, pass_gate, cf_ptr(&gate));
        await_busy(1);
        CU_ASSERT_EQUAL(snapshot().startable, 0);
        for (int i = 0; i < 5; i++) {
            cf_submit(pool, pass_gate, cf_ptr(&gate));
            const struct cf_test_snapshot now = snapshot();
            CU_ASSERT_EQUAL(now.startable + now.workers_busy, 2);
        }
        await_busy(2);
        CU_ASSERT_EQUAL(snapshot().startable, 0);
        gate_open(&gate);
    }
    watch_end();
}

static void a_task_that_gets_no_thread_is_not_startable(void)
{
    struct gate gate = GATE_CLOSED;
    watch_begin(NULL);
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_submit(pool, pass_gate, cf_ptr(&gate));
        await_busy(1);
        fail_threads(true);
        cf_submit(pool, pass_gate, cf_ptr(&gate));
        CU_ASSERT_EQUAL(snapshot().startable, 0);
        fail_threads(false);
        cf_submit(pool, pass_gate, cf_ptr(&gate));
        await_busy(2);
        gate_open(&gate);
    }
    watch_end();
}

// With no more tasks than workers, each task is startable, running or done.
static bool has_lost_a_task(const struct cf_test_snapshot *now)
{
    return now->startable + now->workers_busy + now->finished != now->submitted;
}

static void no_task_is_ever_between_two_counts(void)
{
    for (int round = 0; round < 50; round++) {
        watch_begin(has_lost_a_task);
        cf_with (pool, cf_thread_pool(.max_workers = 6)) {
            for (int i = 0; i < 6; i++) {
                cf_submit(pool, itself, i);
            }
        }
        watch_end();
    }
}

// ----- blocked callers -----

static bool blocks_on_what_has_happened(const struct cf_test_snapshot *now)
{
    return now->finished == now->submitted && now->callers_blocked > 0;
}

static void callers_are_blocked_until_the_result_is_there(void)
{
    struct gate gate = GATE_CLOSED;
    watch_begin(blocks_on_what_has_happened);
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, pass_gate, cf_ptr(&gate));
        pthread_t callers[3];
        for (size_t i = 0; i < 3; i++) {
            callers[i] = start(wait_for_result, future);
            await_blocked(i + 1);
        }
        gate_open(&gate);
        await_blocked(0);
        for (int i = 0; i < 3; i++) {
            pthread_join(callers[i], NULL);
        }
    }
    watch_end();
}

static void shutdowns_are_blocked_until_the_last_task_is_done(void)
{
    struct gate first = GATE_CLOSED;
    struct gate second = GATE_CLOSED;
    watch_begin(blocks_on_what_has_happened);
    cf_with (pool, cf_thread_pool()) {
        cf_future *one = cf_submit(pool, pass_gate, cf_ptr(&first));
        cf_submit(pool, pass_gate, cf_ptr(&second));
        const pthread_t a = start(wait_for_shutdown, pool);
        const pthread_t b = start(wait_for_shutdown, pool);
        await_blocked(2);
        gate_open(&first);
        cf_result(one);
        CU_ASSERT_EQUAL(snapshot().callers_blocked, 2);
        gate_open(&second);
        await_blocked(0);
        pthread_join(a, NULL);
        pthread_join(b, NULL);
    }
    watch_end();
}

static cf_value wait_for(cf_value future)
{
    return cf_result(cf_as_ptr(future));
}

static void a_worker_can_be_a_blocked_caller(void)
{
    struct gate gate = GATE_CLOSED;
    watch_begin(blocks_on_what_has_happened);
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *inner = cf_submit(pool, pass_gate, cf_ptr(&gate));
        gate_await(&gate, 1);
        cf_submit(pool, wait_for, cf_ptr(inner));
        await_blocked(1);
        CU_ASSERT_EQUAL(snapshot().workers_busy, 2);
        gate_open(&gate);
    }
    watch_end();
}

static bool blocks_at_all(const struct cf_test_snapshot *now)
{
    return now->callers_blocked > 0;
}

static void *wait_with_a_limit(void *future)
{
    cf_result_within(future, 3600);
    return NULL;
}

static void a_wait_with_a_limit_is_not_blocked(void)
{
    struct gate gate = GATE_CLOSED;
    watch_begin(blocks_at_all);
    cf_executor *pool = cf_thread_pool();
    cf_future *future = cf_submit(pool, pass_gate, cf_ptr(&gate));
    const pthread_t caller = start(wait_with_a_limit, future);
    while ((future->word & CFI_SOMEBODY_PARKED) == 0) {
        sched_yield();
    }
    gate_open(&gate);
    pthread_join(caller, NULL);
    cf_test_end();   // before closing, which may block
    cf_close(pool);  // after this nobody looks any more
    CU_ASSERT(watch.looks > 0);
    CU_ASSERT_EQUAL(watch.wrong, 0);
}

static void a_finished_future_blocks_nobody(void)
{
    watch_begin(blocks_at_all);
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, itself, 1);
        while (!cf_done(future)) {
            sched_yield();
        }
        cf_result(future);
        cf_exception(future);
        cf_shutdown(pool, CF_WAIT);
    }
    watch_end();
}

// The moment between looking at a future and parking on it is too short to be
// hit from outside, so this calls what a parking thread calls.
static void who_parks_too_late_is_not_blocked(void)
{
    watch_begin(blocks_at_all);
    cf_executor *pool = cf_thread_pool();
    cf_future *future = cf_submit(pool, itself, 1);
    while (!cf_done(future)) {
        sched_yield();
    }
    cfi_hooks_caller_parks(future);
    CU_ASSERT_EQUAL(snapshot().callers_blocked, 0);
    cfi_hooks_shutdown_parks(&pool->gauge);
    CU_ASSERT_EQUAL(snapshot().callers_blocked, 0);
    cf_close(pool);
    watch_end();
}

static bool looks_stuck(const struct cf_test_snapshot *now)
{
    return now->callers_blocked == 1 && now->workers_busy == 0 &&
           now->startable == 0;
}

static cf_value fail_when_awaited(cf_value unused)
{
    (void)unused;
    await_blocked(1);
    return cf_fail(EDOM, "passes all that follows");
}

// What is skipped has no task, but its turn is the worker's all the same.
static void a_skipped_chain_keeps_its_worker_busy(void)
{
    watch_begin(looks_stuck);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *head = cf_submit(pool, fail_when_awaited, 1);
        cf_future *tail =
            cf_then(cf_then(cf_then(head, itself), itself), itself);
        CU_ASSERT_PTR_NOT_NULL(cf_exception(tail));
    }
    CU_ASSERT_EQUAL(snapshot().workers_busy, 0);
    watch_end();
}

// ----- a gate that gives up, as the grader's does -----

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

static CU_TestInfo plain[] = {
    TEST(nothing_is_counted_while_the_hooks_are_off),
    TEST(tasks_and_executors_are_counted),
    TEST(refused_tasks_are_submitted_and_finished),
    TEST(an_executor_left_open_does_not_count_in_the_next_test),
    TEST(a_thread_knows_whether_it_is_in_a_task),
    TEST(polls_are_questions_answered_not_yet),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo startable[] = {
    TEST(a_task_is_startable_while_a_worker_is_free),
    TEST(a_task_that_gets_no_thread_is_not_startable),
    TEST(no_task_is_ever_between_two_counts),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo blocked[] = {
    TEST(callers_are_blocked_until_the_result_is_there),
    TEST(shutdowns_are_blocked_until_the_last_task_is_done),
    TEST(a_worker_can_be_a_blocked_caller),
    TEST(a_wait_with_a_limit_is_not_blocked),
    TEST(a_finished_future_blocks_nobody),
    TEST(who_parks_too_late_is_not_blocked),
    TEST(a_skipped_chain_keeps_its_worker_busy),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo gates[] = {
    TEST(a_right_solution_is_never_called_stuck),
    TEST(a_second_wave_is_never_called_stuck),
    TEST(a_stuck_program_is_always_called_so),
    TEST(tasks_run_in_place_are_counted),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("plain counts", plain),
    SUITE("startable", startable),
    SUITE("blocked callers", blocked),
    SUITE("a gate that gives up", gates),
    CU_SUITE_INFO_NULL,
};
