// Wrong programs with threads, locks and signals. See giving_up.h.

#include "giving_up.h"

#include <sched.h>
#include <semaphore.h>
#include <unistd.h>

enum { CROWD = 6, ROUNDS = 200 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

// ----- busy waiting -----

static int ended;  // guarded by lock

static void *enter_and_note(void *unused)
{
    wb_gate_enter(&gate);
    pthread_mutex_lock(&lock);
    ended++;
    pthread_mutex_unlock(&lock);
    return unused;
}

static int ended_so_far(void)
{
    pthread_mutex_lock(&lock);
    const int so_far = ended;
    pthread_mutex_unlock(&lock);
    return so_far;
}

static void asking_a_flag_of_its_own(void)
{
    pthread_t threads[FEW];
    wb_gate_init(&gate, FEW);
    for (int i = 0; i < FEW; i++) {
        threads[i] = start(enter_and_note, NULL);
        while (ended_so_far() <= i) {
            sched_yield();
        }
    }
    for (int i = 0; i < FEW; i++) {
        pthread_join(threads[i], NULL);
    }
    check_gave_up(WB_GATE_SPINNING, "busy waiting");
}

static void *try_for_ever(void *unused)
{
    while (pthread_mutex_trylock(&lock) != 0) {
    }
    wb_gate_enter(&gate);
    pthread_mutex_unlock(&lock);
    return unused;
}

static void two_of_them_try_for_ever(void)
{
    pthread_t threads[FEW];
    wb_gate_init(&gate, FEW);
    for (int i = 0; i < FEW; i++) {
        threads[i] = start(try_for_ever, NULL);
    }
    for (int i = 0; i < FEW; i++) {
        pthread_join(threads[i], NULL);
    }
    check_gave_up(WB_GATE_SPINNING, "busy waiting");
}

// ----- threads -----

static void each_join_before_the_next_create(void)
{
    wb_gate_init(&gate, FEW);
    for (int i = 0; i < FEW; i++) {
        pthread_join(start(enter_as_thread, NULL), NULL);
    }
    check_stuck("pthread_join");
}

// The long sleep is for nothing: nobody else can move.
static void a_sleep_before_the_next_create(void)
{
    pthread_t threads[FEW];
    wb_gate_init(&gate, FEW + 1);
    for (int i = 0; i < FEW; i++) {
        threads[i] = start(enter_as_thread, NULL);
        sleep(3600);
    }
    for (int i = 0; i < FEW; i++) {
        pthread_join(threads[i], NULL);
    }
    WB_EQUAL_INT(gate.state, WB_GATE_STUCK);
    WB_EQUAL_INT((int)gate.most_inside, FEW);
}

static int order[FEW];
static int awake;  // guarded by lock

static void *sleep_long(void *arg)
{
    const int *hours = arg;
    sleep(3600U * (unsigned)*hours);
    pthread_mutex_lock(&lock);
    order[awake++] = *hours;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void sleepers_wake_in_their_order(void)
{
    static int hours[FEW] = {3, 1, 2};
    pthread_t threads[FEW];
    wb_gate_init(&gate, 2);
    const pthread_t inside = start(enter_as_thread, NULL);
    for (int i = 0; i < FEW; i++) {
        threads[i] = start(sleep_long, &hours[i]);
    }
    for (int i = 0; i < FEW; i++) {
        pthread_join(threads[i], NULL);
    }
    pthread_join(inside, NULL);
    WB_CHECK(order[0] == 1 && order[1] == 2 && order[2] == 3,
             "they woke as %d, %d, %d", order[0], order[1], order[2]);
}

// ----- signals -----

static pthread_cond_t signal_came = PTHREAD_COND_INITIALIZER;
static bool has_ended;  // guarded by lock

static void *enter_and_signal(void *unused)
{
    wb_gate_enter(&gate);
    pthread_mutex_lock(&lock);
    has_ended = true;
    pthread_cond_signal(&signal_came);
    pthread_mutex_unlock(&lock);
    return unused;
}

static void each_signal_before_the_next_create(void)
{
    wb_gate_init(&gate, FEW);
    for (int i = 0; i < FEW; i++) {
        has_ended = false;
        const pthread_t thread = start(enter_and_signal, NULL);
        pthread_mutex_lock(&lock);
        while (!has_ended) {
            pthread_cond_wait(&signal_came, &lock);
        }
        pthread_mutex_unlock(&lock);
        pthread_join(thread, NULL);
    }
    check_stuck("a condition variable");
}

static sem_t posted;

static void *enter_and_post(void *unused)
{
    wb_gate_enter(&gate);
    sem_post(&posted);
    return unused;
}

static void each_post_before_the_next_create(void)
{
    wb_gate_init(&gate, FEW);
    sem_init(&posted, 0, 0);
    for (int i = 0; i < FEW; i++) {
        const pthread_t thread = start(enter_and_post, NULL);
        sem_wait(&posted);
        pthread_join(thread, NULL);
    }
    check_stuck("a semaphore");
}

// With many turns that are short, several are on their way out at a time.
static void *lock_enter_and_unlock(void *unused)
{
    pthread_mutex_lock(&lock);
    wb_gate_enter(&gate);
    pthread_mutex_unlock(&lock);
    return unused;
}

static void a_crowd_has_one_turn_each(void)
{
    for (int round = 0; round < ROUNDS; round++) {
        pthread_t threads[CROWD];
        wb_gate_init(&gate, 2);
        for (int i = 0; i < CROWD; i++) {
            threads[i] = start(lock_enter_and_unlock, NULL);
        }
        for (int i = 0; i < CROWD; i++) {
            pthread_join(threads[i], NULL);
        }
        check_stuck("a mutex that was held");
    }
}

// Between its two turns, each lets go of the lock. Who was inside when the
// gate gave up must not be back before the one who waited for the lock.
static int turns[2];
static int turns_taken;  // guarded by lock

static void *take_two_turns(void *arg)
{
    const int *own = arg;
    for (int i = 0; i < 2; i++) {
        pthread_mutex_lock(&lock);
        if (turns_taken < 2) {
            turns[turns_taken++] = *own;
        }
        wb_gate_enter(&gate);
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

static void who_waited_for_a_lock_gets_it_next(void)
{
    static int numbers[2] = {1, 2};
    wb_gate_init(&gate, 2);
    const pthread_t first = start(take_two_turns, &numbers[0]);
    const pthread_t second = start(take_two_turns, &numbers[1]);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    WB_CHECK(turns[0] != turns[1], "%d had both turns", turns[0]);
    WB_NEVER_MORE_THAN(1, &gate, "visitors");
}

static CU_TestInfo tests[] = {
    TEST(asking_a_flag_of_its_own),
    TEST(two_of_them_try_for_ever),
    TEST(each_join_before_the_next_create),
    TEST(a_sleep_before_the_next_create),
    TEST(sleepers_wake_in_their_order),
    TEST(each_signal_before_the_next_create),
    TEST(each_post_before_the_next_create),
    TEST(a_crowd_has_one_turn_each),
    TEST(who_waited_for_a_lock_gets_it_next),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"the gate gives up for threads", NULL, NULL, NULL, NULL, tests},
    CU_SUITE_INFO_NULL,
};
