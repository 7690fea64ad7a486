// Right programs with threads that also wait for locks, signals and time. See
// many_times.h.

#include "many_times.h"

#include <errno.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <unistd.h>

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

static atomic_int arrived;

static void *meet_lock_and_enter(void *unused)
{
    arrived++;
    while (arrived < 2) {  // unseen by the gate, and shorter than any wait
    }
    return lock_and_enter(unused);
}

static void two_come_to_a_lock_together(void)
{
    wb_gate_init(&gate, 2);
    arrived = 0;
    const pthread_t first = start(meet_lock_and_enter, NULL);
    const pthread_t second = start(meet_lock_and_enter, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
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

REPEATED(a_lock_is_handed_over_in_between)
REPEATED(two_come_to_a_lock_together)
REPEATED(a_signal_is_waited_for_in_between)
REPEATED(all_are_woken_at_once)
REPEATED(a_semaphore_is_passed_on)
REPEATED(a_lock_is_tried_until_it_is_free)
REPEATED(some_come_late)
REPEATED(a_wait_with_a_limit_ends)
REPEATED(a_refused_lock_is_no_wait)

static CU_TestInfo tests[] = {
    TEST_REPEATED(a_lock_is_handed_over_in_between),
    TEST_REPEATED(two_come_to_a_lock_together),
    TEST_REPEATED(a_signal_is_waited_for_in_between),
    TEST_REPEATED(all_are_woken_at_once),
    TEST_REPEATED(a_semaphore_is_passed_on),
    TEST_REPEATED(a_lock_is_tried_until_it_is_free),
    TEST_REPEATED(some_come_late),
    TEST_REPEATED(a_wait_with_a_limit_ends),
    TEST_REPEATED(a_refused_lock_is_no_wait),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"the gate opens for locks", NULL, NULL, NULL, NULL, tests},
    CU_SUITE_INFO_NULL,
};
