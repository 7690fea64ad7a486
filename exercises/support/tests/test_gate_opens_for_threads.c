// Right programs with threads. See many_times.h.

#include "many_times.h"

#include <semaphore.h>
#include <threads.h>

static void *end_at_once(void *unused)
{
    return unused;
}

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

REPEATED(all_are_created_before_a_join)
REPEATED(a_thread_ends_in_between)
REPEATED(detached_threads_end_in_between)
REPEATED(each_thread_starts_the_next)
REPEATED(a_waiting_thread_is_cancelled)
REPEATED(c11_threads_meet)

static CU_TestInfo tests[] = {
    TEST_REPEATED(all_are_created_before_a_join),
    TEST_REPEATED(a_thread_ends_in_between),
    TEST_REPEATED(detached_threads_end_in_between),
    TEST_REPEATED(each_thread_starts_the_next),
    TEST_REPEATED(a_waiting_thread_is_cancelled),
    TEST_REPEATED(c11_threads_meet),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"the gate opens for threads", NULL, NULL, NULL, NULL, tests},
    CU_SUITE_INFO_NULL,
};
