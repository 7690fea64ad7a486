// How the workers of a process pool may die, when, and what that costs.

#define _GNU_SOURCE  // MAP_ANONYMOUS

#include <cfutures.h>

#include "process_support.h"
#include "support.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../src/process/system.h"

// How to die: by a signal, or, if it is negative, with an exit status.
static void die_so(int how)
{
    if (how < 0) {
        exit(-how);
    }
    signal(how, SIG_DFL);  // a sanitizer may have its own way
    raise(how);
}

static cf_value die(cf_value how)
{
    die_so((int)cf_as_int(how));
    return cf_none();
}

// ----- one worker, one task -----

static void a_death_costs_its_task_alone(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        cf_future *before = cf_submit(pool, itself, 1);
        cf_future *victim = cf_submit(pool, die, SIGKILL);
        cf_future *after = cf_submit(pool, itself, 2);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(before)), 1);
        CU_ASSERT_EQUAL(code_of(victim), CF_EDIED);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(after)), 2);
    }
}

static void a_death_is_told_with_its_manner(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        check_death(cf_exception(cf_submit(pool, die, SIGKILL)),
                    "was killed in this task by SIGKILL (signal 9)");
        check_death(cf_exception(cf_submit(pool, die, SIGSEGV)),
                    "was killed in this task by SIGSEGV (signal 11)");
        check_death(cf_exception(cf_submit(pool, die, SIGUSR1)),
                    "was killed in this task by a signal (signal 10)");
        check_death(cf_exception(cf_submit(pool, die, -3)),
                    "ended in this task, with exit status 3");
    }
}

static void a_worker_that_dies_idle_costs_nothing(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        for (int i = 0; i < 5; i++) {
            const pid_t pid = (pid_t)int_of(pool, own_pid);
            CU_ASSERT_EQUAL(kill(pid, SIGKILL), 0);
            CU_ASSERT_NOT_EQUAL(int_of(pool, own_pid), pid);
        }
    }
}

static void a_pool_is_closed_with_dead_workers(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        kill((pid_t)int_of(pool, own_pid), SIGKILL);
    }
    cf_with (pool, cf_process_pool(.max_workers = 2)) {
        cf_submit(pool, die, SIGKILL);
        cf_submit(pool, die, SIGKILL);
        cf_shutdown(pool, CF_NO_WAIT);
    }
}

static cf_value die_at_five(cf_value number)
{
    if (cf_as_int(number) == 5) {
        raise(SIGKILL);
    }
    return number;
}

// A chunk is one task, whose items fail together; the map goes on.
static void a_death_costs_a_map_one_chunk(void)
{
    const int numbers[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    cf_with (pool, cf_process_pool(.max_workers = 2)) {
        int i = 0;
        cf_for (value, cf_map(pool, die_at_five, numbers, 10, .chunk = 2)) {
            CU_ASSERT_EQUAL(cf_failed(value), i == 4 || i == 5);
            i++;
        }
        CU_ASSERT_EQUAL(i, 10);
    }
}

static void without_its_zygote_a_pool_is_broken(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        const pid_t zygote = (pid_t)int_of(pool, parent_pid);
        CU_ASSERT_EQUAL(kill(zygote, SIGKILL), 0);
        int code = 0;
        while (code == 0) {  // the kill may take its time
            code = code_of(cf_submit(pool, itself, 1));
        }
        CU_ASSERT(code == CF_EDIED || code == CF_EBROKEN);
        CU_ASSERT_EQUAL(code_of(cf_submit(pool, itself, 1)), CF_EBROKEN);
    }
}

// ----- in each state -----

// What all processes see.
static struct {
    int point;
    int how;
    int deaths;  // still to come
} * plan;

static void die_as_planned(enum cfi_point point)
{
    if (plan->deaths > 0 && plan->point == (int)point) {
        plan->deaths--;
        die_so(plan->how);
    }
}

enum { LARGE = 300000 };  // a few times through the ring

static cf_value fill(cf_value size)
{
    char *text = malloc((size_t)cf_as_int(size) + 1);
    memset(text, 'x', (size_t)cf_as_int(size));
    text[cf_as_int(size)] = '\0';
    const cf_value result = cf_format("%s", text);
    free(text);
    return result;
}

// What becomes of a task whose worker dies at that point?
static int code_after(int point)
{
    return point == CFI_POINT_RECEIVED || point == CFI_POINT_SENT ? 0
                                                                  : CF_EDIED;
}

static void check_point(cf_executor *pool, int point, int how, int64_t size)
{
    plan->point = point;
    plan->how = how;
    plan->deaths = 1;
    // A quick reader leaves none in the middle of sending.
    const bool may_survive = point == CFI_POINT_SENDING;
    cf_future *future = cf_submit(pool, fill, size);
    const int code = code_of(future);
    CU_ASSERT(code == code_after(point) || (code == 0 && may_survive));
    if (code == 0) {
        CU_ASSERT_EQUAL(cf_size(cf_result(future)), (size_t)size);
    }
    // The worker, or the next one, has gone through all points by then.
    cf_future *next = cf_submit(pool, itself, point);
    CU_ASSERT_EQUAL(cf_as_int(cf_result(next)), point);
    CU_ASSERT(plan->deaths == 0 || may_survive);
    plan->deaths = 0;
}

static void a_death_in_any_state_is_an_error_or_nothing(void)
{
    static const int ways[] = {SIGKILL, SIGABRT, -1};
    cfi_process_system.reached = die_as_planned;
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        for (int point = 0; point <= CFI_POINT_SENT; point++) {
            for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
                check_point(pool, point, ways[i], 10);
                check_point(pool, point, ways[i], LARGE);
            }
        }
    }
}

static void a_death_in_the_middle_of_a_result_is_an_error(void)
{
    int code = 0;
    cfi_process_system.reached = die_as_planned;
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        while (code == 0) {  // until the ring was full once
            plan->point = CFI_POINT_SENDING;
            plan->how = SIGKILL;
            plan->deaths = 1;
            code = code_of(cf_submit(pool, fill, 10 * LARGE));
        }
    }
    CU_ASSERT_EQUAL(code, CF_EDIED);
}

static void workers_that_never_get_to_start_are_not_replaced_for_ever(void)
{
    cfi_process_system.reached = die_as_planned;
    plan->point = CFI_POINT_RECEIVED;
    plan->how = SIGKILL;
    plan->deaths = 1000;
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        CU_ASSERT_EQUAL(code_of(cf_submit(pool, itself, 1)), CF_EBROKEN);
        CU_ASSERT(plan->deaths > 990);
        plan->deaths = 0;
        CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_submit(pool, itself, 2))), 2);
    }
}

static int set_up(void)
{
    plan = mmap(NULL, sizeof *plan, PROT_READ | PROT_WRITE,
                MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return (void *)plan == MAP_FAILED;
}

static CU_TestInfo deaths[] = {
    TEST(a_death_costs_its_task_alone),
    TEST(a_death_is_told_with_its_manner),
    TEST(a_worker_that_dies_idle_costs_nothing),
    TEST(a_pool_is_closed_with_dead_workers),
    TEST(a_death_costs_a_map_one_chunk),
    TEST(without_its_zygote_a_pool_is_broken),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo states[] = {
    TEST(a_death_in_any_state_is_an_error_or_nothing),
    TEST(a_death_in_the_middle_of_a_result_is_an_error),
    TEST(workers_that_never_get_to_start_are_not_replaced_for_ever),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    {"deaths", set_up, NULL, support_set_up, support_tear_down, deaths},
    {"deaths in each state", set_up, NULL, support_set_up, support_tear_down,
     states},
    CU_SUITE_INFO_NULL,
};
