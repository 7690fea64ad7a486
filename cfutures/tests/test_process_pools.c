// Chapter 3 of the header: pools of processes. What they do as pools of threads
// do is in test_both_pools.c.

#define _GNU_SOURCE  // MAP_ANONYMOUS

#include <cfutures.h>

#include "process_support.h"
#include "support.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../src/internal.h"

static int counter;

static cf_value count_up(cf_value unused)
{
    (void)unused;
    return cf_int(++counter);
}

static void a_task_runs_in_another_process(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        const int64_t pid = cf_as_int(cf_result(cf_submit(pool, own_pid, 0)));
        CU_ASSERT_NOT_EQUAL(pid, getpid());
        CU_ASSERT_EQUAL(kill((pid_t)pid, 0), 0);
    }
}

static void what_a_task_changes_stays_in_its_process(void)
{
    counter = 10;
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        counter = 20;  // too late for the workers
        cf_future *future = cf_submit(pool, count_up, 0);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 11);
        CU_ASSERT_EQUAL(counter, 20);
    }
}

static cf_value return_pointer(cf_value unused)
{
    (void)unused;
    return cf_ptr(&counter);
}

static void a_pointer_does_not_cross(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        cf_future *out = cf_submit(pool, itself, cf_ptr(&counter));
        CU_ASSERT_TRUE(cf_done(out));
        CU_ASSERT_EQUAL(code_of(out), CF_EPOINTER);
        CU_ASSERT_EQUAL(code_of(cf_submit(pool, return_pointer, 0)),
                        CF_EPOINTER);
    }
}

// Nobody has submitted it: it comes on the way.
static void a_pointer_that_comes_along_a_chain_does_not_cross(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        cf_future *promise = cf_promise(pool);
        cf_future *next = cf_then(promise, own_pid);
        cf_set_result(promise, cf_ptr(&counter));
        CU_ASSERT_EQUAL(code_of(next), CF_EPOINTER);
    }
}

static void pointers_in_a_map_fail_in_their_places(void)
{
    const cf_value items[] = {cf_int(1), cf_ptr(&counter), cf_int(3)};
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        int i = 1;
        cf_for (value, cf_map(pool, own_pid, items, 3, .chunk = 3)) {
            CU_ASSERT_EQUAL(cf_failed(value), i == 2);
            i++;
        }
        CU_ASSERT_EQUAL(i, 4);
    }
}

// ----- workers -----

static int initialized;
static char seed[32];

static cf_value initialize(cf_value text)
{
    initialized++;
    snprintf(seed, sizeof seed, "%s", cf_as_str(text));
    return cf_none();
}

static cf_value read_seed(cf_value unused)
{
    (void)unused;
    return cf_format("%s %d", seed, initialized);
}

static void each_worker_is_initialized_once(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 2, .initializer = initialize,
                                   .initializer_arg = cf_format("a seed"))) {
        for (int i = 0; i < 6; i++) {
            cf_future *future = cf_submit(pool, read_seed, 0);
            CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(future)), "a seed 1");
        }
    }
    CU_ASSERT_EQUAL(initialized, 0);
}

static cf_value refuse(cf_value unused)
{
    (void)unused;
    return cf_fail(ENOENT, "no seed");
}

static cf_value leave(cf_value status)
{
    exit((int)cf_as_int(status));
}

static void check_broken(cf_executor *pool, int code)
{
    const cf_error *error = cf_exception(cf_submit(pool, itself, 1));
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT_EQUAL(error->code, CF_EBROKEN);
    CU_ASSERT_PTR_NOT_NULL_FATAL(error->cause);
    CU_ASSERT_EQUAL(error->cause->code, code);
}

static void an_initializer_that_fails_breaks_the_pool(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 2, .initializer = refuse)) {
        check_broken(pool, ENOENT);
        check_broken(pool, ENOENT);
    }
}

static void an_initializer_that_ends_its_process_breaks_the_pool(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 2, .initializer = leave,
                                   .initializer_arg = cf_int(4))) {
        check_broken(pool, CF_EDIED);
        check_broken(pool, CF_EDIED);
    }
}

static int *shared;  // seen by all processes

static cf_value finalize(cf_value number)
{
    __atomic_fetch_add(shared, (int)cf_as_int(number), __ATOMIC_SEQ_CST);
    return cf_none();
}

static void each_worker_is_finalized(void)
{
    *shared = 0;
    cf_with (pool, cf_process_pool(.max_workers = 1, .finalizer = finalize,
                                   .finalizer_arg = cf_int(7))) {
        CU_ASSERT_NOT_EQUAL(int_of(pool, own_pid), getpid());
    }
    CU_ASSERT_EQUAL(*shared, 7);
}

static void a_worker_is_replaced_after_so_many_tasks(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 1, .max_tasks_per_child = 3,
                                   .finalizer = finalize,
                                   .finalizer_arg = cf_int(1))) {
        int64_t pids[9];
        *shared = 0;
        for (int i = 0; i < 9; i++) {
            pids[i] = int_of(pool, own_pid);
        }
        for (int i = 1; i < 9; i++) {
            CU_ASSERT_EQUAL(pids[i] == pids[i - 1], i % 3 != 0);
        }
    }
    CU_ASSERT_EQUAL(*shared, 3);
}

static void a_backlog_does_not_lock_up_a_pool_that_replaces(void)
{
    cf_future *futures[100];
    cf_with (pool,
             cf_process_pool(.max_workers = 2, .max_tasks_per_child = 1)) {
        for (int i = 0; i < 100; i++) {
            futures[i] = cf_submit(pool, itself, i);
        }
        for (int i = 0; i < 100; i++) {
            CU_ASSERT_EQUAL(cf_as_int(cf_result(futures[i])), i);
        }
    }
}

static cf_value read_variable(cf_value name)
{
    const char *value = getenv(cf_as_str(name));
    return value == NULL ? cf_str("nothing") : cf_str(value);
}

static void inner_threads_are_limited(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 1, .inner_threads = 3)) {
        cf_future *future = cf_submit(pool, read_variable, "OMP_NUM_THREADS");
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(future)), "3");
    }
    CU_ASSERT_PTR_NULL(getenv("OMP_NUM_THREADS"));
}

static void all_workers_have_one_parent(void)
{
    cf_with (pool,
             cf_process_pool(.max_workers = 2, .max_tasks_per_child = 1)) {
        const int64_t zygote = int_of(pool, parent_pid);
        CU_ASSERT_NOT_EQUAL(zygote, getpid());
        CU_ASSERT_EQUAL(int_of(pool, parent_pid), zygote);
    }
}

static void by_default_there_is_a_worker_for_each_cpu(void)
{
    cf_with (pool, cf_process_pool()) {
        CU_ASSERT_EQUAL(pool->load.limit, (size_t)cfi_port_usable_cpus());
    }
}

static cf_value heap_in_use(cf_value unused)
{
    (void)unused;
    return cf_int((int64_t)mallinfo2().uordblks);
}

static void a_worker_frees_arguments_and_results_after_each_task(void)
{
    static char large[100000];
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        const cf_value bytes = cf_bytes(large, sizeof large);
        cf_release(cf_submit(pool, itself, bytes));
        const int64_t before = int_of(pool, heap_in_use);
        for (int i = 0; i < 20; i++) {
            cf_release(cf_submit(pool, itself, bytes));
        }
        CU_ASSERT(int_of(pool, heap_in_use) < before + (int64_t)sizeof large);
    }
}

// ----- making a pool -----

static void numbers_that_make_no_sense_break_the_pool(void)
{
    cf_with (pool, cf_process_pool(.max_workers = -1)) {
        check_broken(pool, EINVAL);
    }
    cf_with (pool, cf_process_pool(.max_workers = 1000000)) {
        check_broken(pool, EINVAL);
    }
    cf_with (pool, cf_process_pool(.max_tasks_per_child = -1)) {
        check_broken(pool, EINVAL);
    }
    cf_with (pool, cf_process_pool(.inner_threads = -1)) {
        check_broken(pool, EINVAL);
    }
}

static void other_threads_are_in_the_way(void)
{
    struct gate gate = GATE_CLOSED;
    cf_with (threads, cf_thread_pool(.max_workers = 1)) {
        cf_submit(threads, pass_gate, cf_ptr(&gate));
        cf_with (pool, cf_process_pool(.max_workers = 1)) {
            check_broken(pool, EBUSY);
        }
        cf_with (pool, cf_process_pool(.max_workers = 1, .start = CF_FORK)) {
            CU_ASSERT_NOT_EQUAL(int_of(pool, own_pid), getpid());
        }
        gate_open(&gate);
    }
    cf_with (pool, cf_process_pool(.max_workers = 1)) {  // they have ended
        CU_ASSERT_NOT_EQUAL(int_of(pool, own_pid), getpid());
    }
}

static void several_process_pools_may_be_open(void)
{
    cf_with (first, cf_process_pool(.max_workers = 1)) {
        const int64_t pid = int_of(first, own_pid);
        cf_with (second, cf_process_pool(.max_workers = 1)) {
            CU_ASSERT_NOT_EQUAL(int_of(second, own_pid), pid);
        }
        CU_ASSERT_EQUAL(int_of(first, own_pid), pid);
    }
}

static void make_another_pool(cf_future *future, cf_value out)
{
    (void)future;
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        *(int *)cf_as_ptr(out) = code_of(cf_submit(pool, itself, 1));
    }
}

static void a_callback_of_theirs_is_in_the_way(void)
{
    int code = 0;
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        cf_on_done(cf_submit(pool, itself, 1), make_another_pool,
                   cf_ptr(&code));
    }
    CU_ASSERT_EQUAL(code, CF_EBROKEN);
}

static cf_value use_pools_of_its_own(cf_value unused)
{
    (void)unused;
    int64_t sum = 0;
    cf_with (threads, cf_thread_pool(.max_workers = 2)) {
        sum += cf_as_int(cf_result(cf_submit(threads, itself, 40)));
    }
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        sum += cf_as_int(cf_result(cf_submit(pool, itself, 2)));
    }
    return cf_int(sum);
}

static cf_executor *own_pool;

static cf_value submit_to_own_pool(cf_value unused)
{
    (void)unused;
    return cf_int(code_of(cf_submit(own_pool, itself, 1)));
}

static void a_task_may_use_other_pools_than_its_own(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        CU_ASSERT_EQUAL(int_of(pool, use_pools_of_its_own), 42);
    }
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        own_pool = pool;
        cf_with (processes, cf_process_pool(.max_workers = 1)) {
            CU_ASSERT_EQUAL(int_of(processes, submit_to_own_pool), CF_EFORKED);
        }
    }
}

static int set_up(void)
{
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return shared == MAP_FAILED;
}

static CU_TestInfo places[] = {
    TEST(a_task_runs_in_another_process),
    TEST(what_a_task_changes_stays_in_its_process),
    TEST(a_pointer_does_not_cross),
    TEST(a_pointer_that_comes_along_a_chain_does_not_cross),
    TEST(pointers_in_a_map_fail_in_their_places),
    TEST(a_task_may_use_other_pools_than_its_own),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo workers[] = {
    TEST(each_worker_is_initialized_once),
    TEST(an_initializer_that_fails_breaks_the_pool),
    TEST(an_initializer_that_ends_its_process_breaks_the_pool),
    TEST(each_worker_is_finalized),
    TEST(a_worker_is_replaced_after_so_many_tasks),
    TEST(a_backlog_does_not_lock_up_a_pool_that_replaces),
    TEST(by_default_there_is_a_worker_for_each_cpu),
    TEST(a_worker_frees_arguments_and_results_after_each_task),
    TEST(inner_threads_are_limited),
    TEST(all_workers_have_one_parent),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo making[] = {
    TEST(numbers_that_make_no_sense_break_the_pool),
    TEST(other_threads_are_in_the_way),
    TEST(several_process_pools_may_be_open),
    TEST(a_callback_of_theirs_is_in_the_way),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("process pools", places),
    {"workers", set_up, NULL, support_set_up, support_tear_down, workers},
    SUITE("making a process pool", making),
    CU_SUITE_INFO_NULL,
};
