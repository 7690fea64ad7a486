// Right programs: at the gate none of them may ever fail, on however loaded a
// machine. Each is run many times over, because what could go wrong is a race
// between somebody who has been woken and the count of those who are blocked.
//
// WB_ROUNDS in the environment: how often, instead of the default.

#include "wb_test.h"

#include <cfutures.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdlib.h>
#include <threads.h>
#include <unistd.h>

enum { FEW = 3, ROUNDS = 100 };

static struct wb_gate gate;

static int rounds(void)
{
    const char *wanted = getenv("WB_ROUNDS");
    return wanted != NULL ? atoi(wanted) : ROUNDS;
}

static cf_value enter(cf_value arg)
{
    wb_gate_enter(&gate);
    return arg;
}

static cf_value be_quick(cf_value arg)
{
    return arg;
}

static void *enter_as_thread(void *unused)
{
    wb_gate_enter(&gate);
    return unused;
}

static void *end_at_once(void *unused)
{
    return unused;
}

static pthread_t start(void *(*function)(void *), void *arg)
{
    pthread_t thread;
    const int rc = pthread_create(&thread, NULL, function, arg);
    WB_CHECK(rc == 0, "pthread_create returned %d", rc);
    return thread;
}

// ----- tasks -----

static void all_are_submitted_before_a_result(void)
{
    wb_gate_init(&gate, FEW);
    cf_with (pool, cf_thread_pool(.max_workers = FEW)) {
        cf_future *futures[FEW];
        for (int i = 0; i < FEW; i++) {
            futures[i] = cf_submit(pool, enter, i);
        }
        for (int i = 0; i < FEW; i++) {
            cf_result(futures[i]);
        }
    }
}

static void closing_the_pool_is_the_only_wait(void)
{
    wb_gate_init(&gate, FEW);
    cf_with (pool, cf_thread_pool(.max_workers = FEW)) {
        for (int i = 0; i < FEW; i++) {
            cf_submit(pool, enter, i);
        }
    }
}

// While one is inside, the result of another arrives, and only then the rest
// is submitted: who was woken for a result has not run yet.
static void a_result_arrives_in_between(void)
{
    wb_gate_init(&gate, 2);
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_submit(pool, enter, 0);
        for (int i = 0; i < FEW; i++) {
            cf_result(cf_submit(pool, be_quick, i));
        }
        cf_submit(pool, enter, 1);
    }
}

static void another_pool_closes_in_between(void)
{
    wb_gate_init(&gate, 2);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_submit(pool, enter, 0);
        cf_with (other, cf_thread_pool(.max_workers = FEW)) {
            for (int i = 0; i < FEW; i++) {
                cf_submit(other, be_quick, i);
            }
        }
        wb_gate_enter(&gate);
    }
}

static cf_value submit_and_enter(cf_value pool)
{
    cf_submit((cf_executor *)cf_as_ptr(pool), enter, 0);
    wb_gate_enter(&gate);
    return cf_none();
}

static void a_task_brings_the_next(void)
{
    wb_gate_init(&gate, 2);
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_result(cf_submit(pool, submit_and_enter, cf_ptr(pool)));
    }
}

// More polls than are allowed, but something happens all the time.
static void a_few_polls_between_steps(void)
{
    wb_gate_init(&gate, FEW);
    cf_with (pool, cf_thread_pool(.max_workers = FEW)) {
        for (int i = 0; i < FEW; i++) {
            cf_future *future = cf_submit(pool, enter, i);
            for (int poll = 0; poll < WB_MANY_POLLS / 2; poll++) {
                if (cf_done(future)) {
                    break;
                }
            }
        }
    }
}

static void progress_is_shown_while_tasks_run(void)
{
    wb_gate_init(&gate, FEW);
    cf_with (pool, cf_thread_pool(.max_workers = FEW)) {
        cf_future *last = NULL;
        for (int i = 0; i < FEW; i++) {
            last = cf_submit(pool, enter, i);
        }
        while (!cf_done(last)) {
            usleep(100);
        }
    }
}

// ----- threads -----

static void all_are_created_before_a_join(void)
{
    pthread_t threads[FEW];
    wb_gate_init(&gate, FEW);
    for (int i = 0; i < FEW; i++) {
        threads[i] = start(enter_as_thread, NULL);
    }
    for (int i = 0; i < FEW; i++) {
        pthread_join(threads[i], NULL);
    }
}

static void a_thread_ends_in_between(void)
{
    wb_gate_init(&gate, 2);
    const pthread_t first = start(enter_as_thread, NULL);
    for (int i = 0; i < FEW; i++) {
        pthread_join(start(end_at_once, NULL), NULL);
    }
    const pthread_t second = start(enter_as_thread, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
}

static void detached_threads_end_in_between(void)
{
    wb_gate_init(&gate, 2);
    const pthread_t first = start(enter_as_thread, NULL);
    for (int i = 0; i < FEW; i++) {
        pthread_detach(start(end_at_once, NULL));
    }
    wb_gate_enter(&gate);
    pthread_join(first, NULL);
}

static void *start_next_and_enter(void *left)
{
    const int *more = left;
    pthread_t next;
    const bool has_next =
        *more > 0 && pthread_create(&next, NULL, start_next_and_enter,
                                    (void *)(more - 1)) == 0;
    wb_gate_enter(&gate);
    if (has_next) {
        pthread_join(next, NULL);
    }
    return NULL;
}

static void each_thread_starts_the_next(void)
{
    static int steps[] = {0, 1, 2};
    wb_gate_init(&gate, 3);
    pthread_join(start(start_next_and_enter, &steps[2]), NULL);
}

static void *wait_for_cancellation(void *unused)
{
    static sem_t nobody_posts;
    sem_wait(&nobody_posts);
    return unused;
}

static void a_waiting_thread_is_cancelled(void)
{
    wb_gate_init(&gate, 2);
    const pthread_t inside = start(enter_as_thread, NULL);
    const pthread_t cancelled = start(wait_for_cancellation, NULL);
    pthread_cancel(cancelled);
    pthread_join(cancelled, NULL);
    wb_gate_enter(&gate);
    pthread_join(inside, NULL);
}

static int enter_as_c11_thread(void *unused)
{
    (void)unused;
    wb_gate_enter(&gate);
    return 7;
}

static void c11_threads_meet(void)
{
    thrd_t threads[2];
    int results[2];
    wb_gate_init(&gate, 2);
    for (int i = 0; i < 2; i++) {
        thrd_create(&threads[i], enter_as_c11_thread, NULL);
    }
    for (int i = 0; i < 2; i++) {
        thrd_join(threads[i], &results[i]);
        WB_EQUAL_INT(results[i], 7);
    }
}

// ----- locks and signals -----

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int count;  // guarded by lock

static void *lock_and_enter(void *unused)
{
    for (int i = 0; i < FEW; i++) {
        pthread_mutex_lock(&lock);
        count++;
        pthread_mutex_unlock(&lock);
    }
    wb_gate_enter(&gate);
    return unused;
}

static void run_threads_and_join(void *(*function)(void *))
{
    pthread_t threads[FEW];
    for (int i = 0; i < FEW; i++) {
        threads[i] = start(function, NULL);
    }
    for (int i = 0; i < FEW; i++) {
        pthread_join(threads[i], NULL);
    }
}

static void a_lock_is_handed_over_in_between(void)
{
    wb_gate_init(&gate, FEW);
    run_threads_and_join(lock_and_enter);
}

static void *arrive_and_enter(void *unused)
{
    pthread_mutex_lock(&lock);
    count++;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    wb_gate_enter(&gate);
    return unused;
}

static void a_signal_is_waited_for_in_between(void)
{
    wb_gate_init(&gate, 3);
    count = 0;
    const pthread_t first = start(arrive_and_enter, NULL);
    const pthread_t second = start(arrive_and_enter, NULL);
    pthread_mutex_lock(&lock);
    while (count < 2) {
        pthread_cond_wait(&changed, &lock);
    }
    pthread_mutex_unlock(&lock);
    wb_gate_enter(&gate);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
}

static void *wait_for_start_and_enter(void *unused)
{
    pthread_mutex_lock(&lock);
    while (count == 0) {
        pthread_cond_wait(&changed, &lock);
    }
    pthread_mutex_unlock(&lock);
    wb_gate_enter(&gate);
    return unused;
}

static void all_are_woken_at_once(void)
{
    wb_gate_init(&gate, FEW);
    count = 0;
    pthread_t threads[FEW];
    for (int i = 0; i < FEW; i++) {
        threads[i] = start(wait_for_start_and_enter, NULL);
    }
    pthread_mutex_lock(&lock);
    count = 1;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < FEW; i++) {
        pthread_join(threads[i], NULL);
    }
}

static sem_t posted;

static void *wait_post_and_enter(void *unused)
{
    sem_wait(&posted);
    sem_post(&posted);
    wb_gate_enter(&gate);
    return unused;
}

static void a_semaphore_is_passed_on(void)
{
    wb_gate_init(&gate, FEW);
    sem_init(&posted, 0, 0);
    pthread_t threads[FEW];
    for (int i = 0; i < FEW; i++) {
        threads[i] = start(wait_post_and_enter, NULL);
    }
    sem_post(&posted);
    for (int i = 0; i < FEW; i++) {
        pthread_join(threads[i], NULL);
    }
    sem_destroy(&posted);
}

static void *try_and_enter(void *unused)
{
    while (pthread_mutex_trylock(&lock) != 0) {
        sched_yield();
    }
    count++;
    pthread_mutex_unlock(&lock);
    wb_gate_enter(&gate);
    return unused;
}

static void a_lock_is_tried_until_it_is_free(void)
{
    wb_gate_init(&gate, FEW);
    run_threads_and_join(try_and_enter);
}

// ----- time -----

static void *sleep_and_enter(void *unused)
{
    usleep(2000);
    wb_gate_enter(&gate);
    return unused;
}

static void some_come_late(void)
{
    wb_gate_init(&gate, 2);
    const pthread_t late = start(sleep_and_enter, NULL);
    wb_gate_enter(&gate);
    pthread_join(late, NULL);
}

static void *wait_in_vain_and_enter(void *unused)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    pthread_mutex_lock(&lock);
    while (pthread_cond_timedwait(&changed, &lock, &until) != ETIMEDOUT) {
    }
    pthread_mutex_unlock(&lock);
    wb_gate_enter(&gate);
    return unused;
}

static void a_wait_with_a_limit_ends(void)
{
    wb_gate_init(&gate, FEW);
    run_threads_and_join(wait_in_vain_and_enter);
}

// A mutex that checks refuses, and does not block.
static void a_refused_lock_is_no_wait(void)
{
    pthread_mutexattr_t kind;
    pthread_mutex_t checking;
    pthread_mutexattr_init(&kind);
    pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_ERRORCHECK);
    pthread_mutex_init(&checking, &kind);
    wb_gate_init(&gate, 2);
    const pthread_t thread = start(enter_as_thread, NULL);
    pthread_mutex_lock(&checking);
    const int again = pthread_mutex_lock(&checking);
    pthread_mutex_unlock(&checking);
    wb_gate_enter(&gate);
    pthread_join(thread, NULL);
    WB_EQUAL_INT(again, EDEADLK);
    pthread_mutex_destroy(&checking);
    pthread_mutexattr_destroy(&kind);
}

// ----- all of them, many times -----

static void repeat(void (*program)(void))
{
    for (int i = 0; i < rounds(); i++) {
        program();
        WB_OPENED(&gate, "visitors");
    }
}

#define REPEATED(program)          \
    static void program##_n(void)  \
    {                              \
        repeat(program);           \
    }

REPEATED(all_are_submitted_before_a_result)
REPEATED(closing_the_pool_is_the_only_wait)
REPEATED(a_result_arrives_in_between)
REPEATED(another_pool_closes_in_between)
REPEATED(a_task_brings_the_next)
REPEATED(a_few_polls_between_steps)
REPEATED(progress_is_shown_while_tasks_run)
REPEATED(all_are_created_before_a_join)
REPEATED(a_thread_ends_in_between)
REPEATED(detached_threads_end_in_between)
REPEATED(each_thread_starts_the_next)
REPEATED(a_waiting_thread_is_cancelled)
REPEATED(c11_threads_meet)
REPEATED(a_lock_is_handed_over_in_between)
REPEATED(a_signal_is_waited_for_in_between)
REPEATED(all_are_woken_at_once)
REPEATED(a_semaphore_is_passed_on)
REPEATED(a_lock_is_tried_until_it_is_free)
REPEATED(some_come_late)
REPEATED(a_wait_with_a_limit_ends)
REPEATED(a_refused_lock_is_no_wait)

#define TEST(program) {#program, program##_n}

static CU_TestInfo tests[] = {
    TEST(all_are_submitted_before_a_result),
    TEST(closing_the_pool_is_the_only_wait),
    TEST(a_result_arrives_in_between),
    TEST(another_pool_closes_in_between),
    TEST(a_task_brings_the_next),
    TEST(a_few_polls_between_steps),
    TEST(progress_is_shown_while_tasks_run),
    TEST(all_are_created_before_a_join),
    TEST(a_thread_ends_in_between),
    TEST(detached_threads_end_in_between),
    TEST(each_thread_starts_the_next),
    TEST(a_waiting_thread_is_cancelled),
    TEST(c11_threads_meet),
    TEST(a_lock_is_handed_over_in_between),
    TEST(a_signal_is_waited_for_in_between),
    TEST(all_are_woken_at_once),
    TEST(a_semaphore_is_passed_on),
    TEST(a_lock_is_tried_until_it_is_free),
    TEST(some_come_late),
    TEST(a_wait_with_a_limit_ends),
    TEST(a_refused_lock_is_no_wait),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"the gate opens", NULL, NULL, NULL, NULL, tests},
    CU_SUITE_INFO_NULL,
};
