// Ending the workers of a process pool, or what they run, from the program.

#define _GNU_SOURCE  // MAP_ANONYMOUS

#include <cfutures.h>

#include "process_support.h"
#include "support.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../src/process/system.h"

static volatile int *is_running;  // all processes see it

static cf_value kill_oneself(cf_value unused)
{
    (void)unused;
    raise(SIGKILL);
    return cf_none();
}

// ----- ending workers -----

static cf_value sleep_for_ever(cf_value unused)
{
    (void)unused;
    *is_running = 1;
    while (pause() != 0) {
    }
    return cf_none();
}

static cf_future *submit_sleeper(cf_executor *pool)
{
    *is_running = 0;
    cf_future *sleeper = cf_submit(pool, sleep_for_ever, cf_none());
    while (*is_running == 0) {
        usleep(1000);
    }
    return sleeper;
}

static void check_end(void (*end)(cf_executor *pool), const char *text)
{
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        cf_future *running = submit_sleeper(pool);
        cf_future *queued = cf_submit(pool, itself, 1);
        end(pool);
        CU_ASSERT_EQUAL(code_of(queued), CF_ECANCELLED);
        check_death(cf_exception(running), text);
        CU_ASSERT_EQUAL(code_of(cf_submit(pool, itself, 1)), CF_ESHUTDOWN);
        end(pool);
    }
}

static void workers_can_be_killed(void)
{
    check_end(cf_kill_workers, "SIGKILL");
}

static void workers_can_be_terminated(void)
{
    check_end(cf_terminate_workers, "SIGTERM");
}

static cf_value tell_zygote(cf_value unused)
{
    (void)unused;
    *is_running = getppid();
    while (pause() != 0) {
    }
    return cf_none();
}

static void a_zygote_that_is_killed_takes_its_workers_along(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        *is_running = 0;
        cf_future *running = cf_submit(pool, tell_zygote, 0);
        while (*is_running == 0) {
            usleep(1000);
        }
        const pid_t zygote = *is_running;
        CU_ASSERT_EQUAL(kill(zygote, SIGKILL), 0);
        check_death(cf_exception(running), "is gone");
        CU_ASSERT_EQUAL(code_of(cf_submit(pool, itself, 1)), CF_EBROKEN);
    }
}

static void stay_as_planned(enum cfi_point point)
{
    while (point == CFI_POINT_RECEIVED) {
        *is_running = 1;
        pause();
    }
}

// A call that was not started goes to another worker; but not then.
static void none_takes_the_place_of_a_worker_that_is_killed(void)
{
    cfi_process_system.reached = stay_as_planned;
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        *is_running = 0;
        cf_future *future = cf_submit(pool, itself, 1);
        while (*is_running == 0) {
            usleep(1000);
        }
        cf_kill_workers(pool);
        const cf_error *error = cf_exception(future);
        CU_ASSERT_PTR_NOT_NULL_FATAL(error);
        CU_ASSERT_EQUAL(error->code, CF_EBROKEN);
        CU_ASSERT_PTR_NOT_NULL_FATAL(error->cause);
        CU_ASSERT_EQUAL(error->cause->code, ECANCELED);
    }
}

static void a_pool_without_workers_can_be_killed(void)
{
    cf_with (pool, cf_process_pool()) {
        cf_kill_workers(pool);
    }
    cf_with (pool, cf_process_pool(.max_workers = -1)) {
        cf_kill_workers(pool);
    }
}

static void kill_threads(void)
{
    cf_kill_workers(cf_thread_pool());
}

static void kill_nothing(void)
{
    cf_terminate_workers(NULL);
}

static void threads_cannot_be_killed(void)
{
    CHECK_STOPS(kill_threads, "the workers of this pool are threads");
    CHECK_STOPS(kill_nothing, "cf_terminate_workers: the pool is NULL");
}

static void with_break_one_death_breaks_the_pool(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 2, .on_death = CF_BREAK)) {
        cf_future *running = submit_sleeper(pool);
        check_death(cf_exception(cf_submit(pool, kill_oneself, 0)), "SIGKILL");
        const cf_error *error = cf_exception(running);
        CU_ASSERT_PTR_NOT_NULL_FATAL(error);
        CU_ASSERT_EQUAL(error->code, CF_EBROKEN);
        check_death(error->cause, "SIGKILL");
        error = cf_exception(cf_submit(pool, itself, 1));
        CU_ASSERT_PTR_NOT_NULL_FATAL(error);
        CU_ASSERT_EQUAL(error->code, CF_EBROKEN);
        check_death(error->cause, "SIGKILL");
    }
}

// ----- stopping -----

static cf_value wait_until_stopped(cf_value unused)
{
    (void)unused;
    *is_running = 1;
    while (!cf_stopping()) {
        usleep(1000);
    }
    return cf_int(5);
}

static void a_running_task_can_be_asked_to_stop(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        *is_running = 0;
        cf_future *future = cf_submit(pool, wait_until_stopped, 0);
        while (*is_running == 0) {
            usleep(1000);
        }
        CU_ASSERT_TRUE(cf_stop(future));
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 5);
        // A request is for one task alone.
        cf_future *next = cf_submit_within(pool, wait_until_stopped, 0, 0.05);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(next)), 5);
    }
}

static void a_task_that_does_not_stop_at_its_deadline_is_ended(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 1, .grace = 0.01)) {
        cf_future *late = cf_submit_within(pool, sleep_for_ever, 0, 0.05);
        CU_ASSERT_EQUAL(code_of(late), CF_EDEADLINE);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_submit(pool, itself, 2))), 2);
    }
}

static void reach_nothing(enum cfi_point point)
{
    (void)point;
}

static void tear_down(void)
{
    cfi_process_system.reached = reach_nothing;
    support_tear_down();
}

static int set_up(void)
{
    is_running = mmap(NULL, sizeof *is_running, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return (void *)is_running == MAP_FAILED;
}

static CU_TestInfo tests[] = {
    TEST(workers_can_be_killed),
    TEST(workers_can_be_terminated),
    TEST(none_takes_the_place_of_a_worker_that_is_killed),
    TEST(a_zygote_that_is_killed_takes_its_workers_along),
    TEST(a_pool_without_workers_can_be_killed),
    TEST(threads_cannot_be_killed),
    TEST(with_break_one_death_breaks_the_pool),
    TEST(a_running_task_can_be_asked_to_stop),
    TEST(a_task_that_does_not_stop_at_its_deadline_is_ended),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    {"ends on purpose", set_up, NULL, support_set_up, tear_down, tests},
    CU_SUITE_INFO_NULL,
};
