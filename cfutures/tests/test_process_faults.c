// What a process pool asks the system for may be refused: memory, threads,
// shared memory, descriptors, processes, in the program, its zygote and its
// workers. As in test_faults.c, the 1st, 2nd, 3rd, ... request of a whole
// program fails, once alone, and once with all that come after it.

#include <cfutures.h>

#include "kinds.h"
#include "process_support.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static cf_value greet(cf_value name)
{
    return cf_failed(name) ? name : cf_format("Hello, %s!", cf_as_str(name));
}

static cf_value join(cf_value context, cf_value arg)
{
    if (cf_failed(context) || cf_failed(arg)) {
        return cf_fail(EINVAL, "nothing to join");
    }
    return cf_format("%s%s", cf_as_str(context), cf_as_str(arg));
}

static cf_value refuse(cf_value arg)
{
    (void)arg;
    const cf_value cause = cf_fail(ENOENT, "first");
    return cf_fail_because(cause, EDOM, "second");
}

static cf_value keep_seed(cf_value seed)
{
    return cf_failed(seed) ? seed : cf_format("%s", cf_as_str(seed));
}

static bool is_shortage(const cf_error *error)
{
    return error->code == ENOMEM || error->code == CF_EDIED ||
           (error->code == CF_EBROKEN && error->cause != NULL) ||
           // The worker could not be started three times.
           error->code == CF_EBROKEN ||
           // The error about an error could not be made either.
           (error->code == EINVAL && error->cause == NULL);
}

static void check_text(cf_value value, const char *expected)
{
    if (cf_failed(value)) {
        CU_ASSERT_TRUE(is_shortage(cf_as_error(value)));
    } else {
        CU_ASSERT_STRING_EQUAL(cf_as_str(value), expected);
    }
}

// ----- programs, each of one subject -----

static void tasks_of_one_worker(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        cf_future *a = cf_submit(pool, greet, "Ada");
        cf_future *b = cf_submit_with(pool, join, "left-", cf_format("right"));
        cf_future *c = cf_submit(pool, refuse, 0);
        check_text(cf_result(a), "Hello, Ada!");
        check_text(cf_result(b), "left-right");
        const cf_error *error = cf_exception(c);
        CU_ASSERT_PTR_NOT_NULL_FATAL(error);
        CU_ASSERT(error->code == EDOM || is_shortage(error));
    }
}

static void workers_with_an_initializer(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 2, .max_tasks_per_child = 1,
                                   .initializer = keep_seed,
                                   .initializer_arg = cf_format("seed"),
                                   .finalizer = keep_seed,
                                   .finalizer_arg = cf_str("seed"))) {
        cf_future *a = cf_submit(pool, greet, "Ada");
        cf_future *b = cf_submit(pool, greet, "Ben");
        cf_future *c = cf_then(b, greet);
        check_text(cf_result(a), "Hello, Ada!");
        check_text(cf_result(b), "Hello, Ben!");
        check_text(cf_result(c), "Hello, Hello, Ben!!");
    }
}

static void a_map_in_chunks(void)
{
    const char *names[] = {"Ada", "Ben", "Cleo"};
    static const char *const greetings[] = {"xAda", "xBen", "xCleo"};
    cf_with (pool, cf_process_pool(.max_workers = 2)) {
        int i = 0;
        cf_for (text, cf_map_with(pool, join, "x", names, 3, .chunk = 2)) {
            check_text(text, greetings[i]);
            i++;
        }
        CU_ASSERT(i == 3 || a_request_failed());
    }
}

enum { LARGE = 3000000 };

static void large_values(void)
{
    char *data = malloc(LARGE);
    memset(data, 'x', LARGE);
    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        cf_future *future = cf_submit(pool, itself, cf_bytes(data, LARGE));
        const cf_value result = cf_result(future);
        if (cf_failed(result)) {
            CU_ASSERT_TRUE(is_shortage(cf_as_error(result)));
        } else {
            CU_ASSERT_EQUAL(cf_size(result), LARGE);
        }
    }
    free(data);
}

static const struct {
    void (*run)(void);
    unsigned fewest_requests;  // it does make requests
} programs[] = {
    {tasks_of_one_worker, 25},
    {workers_with_an_initializer, 30},
    {a_map_in_chunks, 25},
    {large_values, 15},
};

// ----- each request refused in turn -----

static void say_nothing(const char *report)
{
    (void)report;
}

static void fail_each_request_of(void (*program)(void), unsigned fewest,
                                 bool for_ever)
{
    const int descriptors = descriptors_in_use();
    unsigned n = 0;
    cf_on_log(say_nothing);  // of finalizers that fail
    do {
        n++;
        fail_request(n, for_ever);
        program();
        CU_ASSERT_EQUAL(blocks_in_use(), 0);
        CU_ASSERT_EQUAL(descriptors_in_use(), descriptors);
        CU_ASSERT(waitpid(-1, NULL, 0) == -1 && errno == ECHILD);
    } while (a_request_failed());
    cf_on_log(NULL);
    CU_ASSERT(n > fewest);
}

static void any_one_request_of_a_process_pool_may_fail(void)
{
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++) {
        fail_each_request_of(programs[i].run, programs[i].fewest_requests,
                             false);
    }
}

static void all_requests_of_a_process_pool_from_any_on_may_fail(void)
{
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++) {
        fail_each_request_of(programs[i].run, programs[i].fewest_requests,
                             true);
    }
}

static void a_process_pool_works_again_when_there_is_memory_again(void)
{
    for (unsigned n = 1; n <= 30; n++) {
        cf_with (pool, cf_process_pool(.max_workers = 2)) {
            fail_request(n, true);
            cf_future *failed = cf_submit(pool, greet, "Ada");
            check_text(cf_result(failed), "Hello, Ada!");
            fail_request(0, false);
            const cf_value greeting = cf_result(cf_submit(pool, greet, "Ada"));
            CU_ASSERT_FALSE_FATAL(cf_failed(greeting));
            CU_ASSERT_STRING_EQUAL(cf_as_str(greeting), "Hello, Ada!");
        }
    }
}

// Two attendants sleep, and have no worker. The first that is woken cannot
// start one; then it is the other's turn.
static void an_attendant_that_gives_up_hands_its_work_on(void)
{
    for (int i = 0; i < 30; i++) {
        set_up_for_both();
        cf_with (pool,
                 cf_process_pool(.max_workers = 2, .max_tasks_per_child = 1)) {
            cf_future *first = cf_submit(pool, pass, 1);
            cf_future *second = cf_submit(pool, pass, 2);
            await_arrived(2);
            open_the_gate();
            cf_result(first);
            cf_result(second);
            fail_request(2, false);  // after the future: for the worker
            cf_future *third = cf_submit(pool, itself, 3);
            CU_ASSERT_EQUAL(cf_as_int(cf_result(third)), 3);
            fail_request(0, false);
        }
    }
}

static CU_TestInfo tests[] = {
    TEST(any_one_request_of_a_process_pool_may_fail),
    TEST(all_requests_of_a_process_pool_from_any_on_may_fail),
    TEST(an_attendant_that_gives_up_hands_its_work_on),
    TEST(a_process_pool_works_again_when_there_is_memory_again),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    {"faults of process pools", use_processes, NULL, set_up_for_both,
     support_tear_down, tests},
    CU_SUITE_INFO_NULL,
};
