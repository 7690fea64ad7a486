// Right programs with pools and futures. See many_times.h.

#include "many_times.h"

#include <unistd.h>

static cf_value be_quick(cf_value arg)
{
    return arg;
}

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

REPEATED(all_are_submitted_before_a_result)
REPEATED(closing_the_pool_is_the_only_wait)
REPEATED(a_result_arrives_in_between)
REPEATED(another_pool_closes_in_between)
REPEATED(a_task_brings_the_next)
REPEATED(a_few_polls_between_steps)
REPEATED(progress_is_shown_while_tasks_run)

static CU_TestInfo tests[] = {
    TEST_REPEATED(all_are_submitted_before_a_result),
    TEST_REPEATED(closing_the_pool_is_the_only_wait),
    TEST_REPEATED(a_result_arrives_in_between),
    TEST_REPEATED(another_pool_closes_in_between),
    TEST_REPEATED(a_task_brings_the_next),
    TEST_REPEATED(a_few_polls_between_steps),
    TEST_REPEATED(progress_is_shown_while_tasks_run),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"the gate opens for tasks", NULL, NULL, NULL, NULL, tests},
    CU_SUITE_INFO_NULL,
};
