// Who owns the memory behind a value: the table in chapter 1 of the header,
// row by row. Each test also has to give back every block (see support.h).

#include <cfutures.h>

#include "support.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Values of the tests' own as tasks see them.
static cf_value seen;

static cf_value note(cf_value arg)
{
    seen = arg;
    return cf_none();
}

// ----- views -----

static void a_view_is_copied_on_submit(void)
{
    char text[] = "before";
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *future = cf_submit(pool, itself, cf_str(text));
        memcpy(text, "after!", sizeof text);
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(future)), "before");
        CU_ASSERT_PTR_NOT_EQUAL(cf_as_str(cf_result(future)), text);
    }
}

struct point {
    int x;
    int y;
};

static cf_value mirrored(cf_value arg)
{
    const struct point p = cf_as_struct(arg, struct point);
    const struct point result = {p.y, p.x};
    return cf_copy(cf_struct(result));  // `result` is about to go
}

static void a_struct_is_copied_both_ways(void)
{
    cf_with (pool, cf_thread_pool()) {
        struct point p = {1, 2};
        cf_future *future = cf_submit(pool, mirrored, cf_struct(p));
        p.x = 99;
        const struct point q = cf_as_struct(cf_result(future), struct point);
        CU_ASSERT_EQUAL(q.x, 2);
        CU_ASSERT_EQUAL(q.y, 1);
    }
}

static char shared_text[] = "a view made in a task";

static cf_value view_of_shared_text(cf_value arg)
{
    (void)arg;
    return cf_str(shared_text);
}

static void a_view_is_copied_on_return(void)
{
    cf_with (pool, cf_thread_pool()) {
        const cf_value result =
            cf_result(cf_submit(pool, view_of_shared_text, cf_none()));
        CU_ASSERT_STRING_EQUAL(cf_as_str(result), shared_text);
        CU_ASSERT_PTR_NOT_EQUAL(cf_as_str(result), shared_text);
    }
}

static cf_value view_of_argument(cf_value arg)
{
    return cf_str(cf_as_str(arg) + 1);
}

static void a_view_into_the_argument_may_be_returned(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, view_of_argument, "xyz");
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(future)), "yz");
    }
}

// ----- loose, made in main -----

static void a_loose_value_moves_on_submit(void)
{
    cf_with (pool, cf_thread_pool()) {
        const cf_value text = cf_format("%d", 42);
        const char *address = cf_as_str(text);
        cf_future *future = cf_submit(pool, note, text);
        cf_result(future);
        CU_ASSERT_PTR_EQUAL(cf_as_str(seen), address);
        CU_ASSERT_STRING_EQUAL(cf_as_str(seen), "42");
    }
}

static void a_held_value_is_copied_on_submit(void)
{
    cf_with (pool, cf_thread_pool()) {
        const cf_value text = cf_format("%d", 42);
        cf_future *first = cf_submit(pool, itself, text);
        cf_future *second = cf_submit(pool, itself, text);  // held by now
        const cf_value copy = cf_result(second);
        CU_ASSERT_PTR_NOT_EQUAL(cf_as_str(copy), cf_as_str(cf_result(first)));
        cf_release(first);
        CU_ASSERT_STRING_EQUAL(cf_as_str(copy), "42");
    }
}

static void freeing_a_held_value_does_nothing(void)
{
    cf_with (pool, cf_thread_pool()) {
        const cf_value result = cf_result(cf_submit(pool, itself, "held"));
        cf_free(result);
        CU_ASSERT_STRING_EQUAL(cf_as_str(result), "held");
    }
}

static cf_value both(cf_value context, cf_value arg)
{
    return cf_format("%s%s", cf_as_str(context), cf_as_str(arg));
}

static void one_loose_value_may_be_context_and_argument(void)
{
    cf_with (pool, cf_thread_pool()) {
        const cf_value text = cf_format("ab");
        cf_future *future = cf_submit_with(pool, both, text, text);
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(future)), "abab");
    }
}

// ----- loose, made in a task -----

static cf_value make_and_drop(cf_value arg)
{
    for (int i = 0; i < 10; i++) {
        (void)cf_format("garbage %d", i);
        (void)cf_fail(EIO, "garbage %d", i);
        (void)cf_copy(arg);
    }
    return cf_none();
}

static void what_a_task_makes_and_drops_is_freed(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, make_and_drop, "text");
        cf_result(future);
        cf_release(future);
    }
}

static cf_value make_and_free(cf_value arg)
{
    (void)arg;
    const size_t before = blocks_in_use();
    const cf_value text = cf_format("short-lived");
    cf_free(text);
    return cf_int((int64_t)(blocks_in_use() - before));
}

static void a_task_may_free_what_it_made(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, make_and_free, cf_none());
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 0);
    }
}

static cf_value make_two_return_one(cf_value arg)
{
    const cf_value one = cf_format("one of %s", cf_as_str(arg));
    (void)cf_format("two of %s", cf_as_str(arg));
    seen = one;
    return one;
}

static void what_a_task_makes_and_returns_moves(void)
{
    cf_with (pool, cf_thread_pool()) {
        const cf_value result =
            cf_result(cf_submit(pool, make_two_return_one, "two"));
        CU_ASSERT_STRING_EQUAL(cf_as_str(result), "one of two");
        CU_ASSERT_PTR_EQUAL(cf_as_str(result), cf_as_str(seen));
    }
}

static cf_executor *pool_of_tasks;

static cf_value make_and_submit(cf_value arg)
{
    cf_future *inner =
        cf_submit(pool_of_tasks, itself, cf_format("<%s>", cf_as_str(arg)));
    return cf_result(inner);  // held by `inner`: copied
}

static void what_a_task_makes_and_submits_moves(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        pool_of_tasks = pool;
        cf_future *future = cf_submit(pool, make_and_submit, "x");
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(future)), "<x>");
    }
}

static cf_value outer_value;

static cf_value give_away_the_outer_value(cf_value arg)
{
    (void)arg;
    cf_free(outer_value);  // not this task's: nothing happens
    return outer_value;    // copied
}

static cf_value run_in_place_with_loose_values(cf_value arg)
{
    (void)arg;
    outer_value = cf_format("outer");
    cf_future *inner =
        cf_submit(pool_of_tasks, give_away_the_outer_value, cf_none());
    const cf_value result = cf_result(inner);  // on this thread, in place
    (void)cf_format("made after the inner task");
    return cf_format("%s %s", cf_as_str(outer_value), cf_as_str(result));
}

static void a_task_run_in_place_owns_only_its_own_values(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        pool_of_tasks = pool;
        cf_future *future =
            cf_submit(pool, run_in_place_with_loose_values, cf_none());
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(future)), "outer outer");
    }
}

// ----- arguments that come back -----

static void a_returned_argument_is_not_copied(void)
{
    cf_with (pool, cf_thread_pool()) {
        const cf_value text = cf_format("there and back");
        const char *address = cf_as_str(text);
        cf_future *future = cf_submit(pool, itself, text);
        CU_ASSERT_PTR_EQUAL(cf_as_str(cf_result(future)), address);
    }
}

static void a_result_lives_as_long_as_a_kept_future(void)
{
    cf_future *future = NULL;
    cf_with (pool, cf_thread_pool()) {
        future = cf_keep(cf_submit(pool, make_two_return_one, "two"));
    }
    CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(future)), "one of two");
    cf_release(future);
}

static void a_copy_outlives_its_future(void)
{
    cf_value copy = cf_none();
    cf_with (pool, cf_thread_pool()) {
        copy = cf_copy(cf_result(cf_submit(pool, make_two_return_one, "two")));
    }
    CU_ASSERT_STRING_EQUAL(cf_as_str(copy), "one of two");
    cf_free(copy);
}

// ----- cf_take -----

static atomic_int times_freed;

static void free_counted(void *data)
{
    times_freed++;
    free(data);
}

static cf_value take_new(cf_value arg)
{
    int *number = malloc(sizeof *number);
    *number = (int)cf_as_int(arg);
    return cf_take(number, free_counted);
}

static void taken_data_is_freed_with_the_future(void)
{
    times_freed = 0;
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, take_new, 5);
        CU_ASSERT_EQUAL(*(int *)cf_as_ptr(cf_result(future)), 5);
        CU_ASSERT_EQUAL(times_freed, 0);
        cf_release(future);
    }
    CU_ASSERT_EQUAL(times_freed, 1);
}

static cf_value take_and_drop(cf_value arg)
{
    (void)take_new(arg);
    return cf_none();
}

static void taken_data_that_a_task_drops_is_freed(void)
{
    times_freed = 0;
    cf_with (pool, cf_thread_pool()) {
        cf_result(cf_submit(pool, take_and_drop, 5));
        CU_ASSERT_EQUAL(times_freed, 1);
    }
    CU_ASSERT_EQUAL(times_freed, 1);
}

static void taken_data_given_away_twice_is_freed_once(void)
{
    times_freed = 0;
    cf_with (pool, cf_thread_pool()) {
        cf_future *first = cf_submit(pool, take_new, 5);
        cf_future *second = cf_submit(pool, itself, cf_result(first));
        CU_ASSERT_EQUAL(*(int *)cf_as_ptr(cf_result(second)), 5);
        cf_release(second);
        CU_ASSERT_EQUAL(times_freed, 0);
    }
    CU_ASSERT_EQUAL(times_freed, 1);
}

static void taken_data_submitted_and_returned_is_freed_once(void)
{
    times_freed = 0;
    cf_with (pool, cf_thread_pool()) {
        const cf_value box = take_new(cf_int(6));  // in main: loose
        cf_future *future = cf_submit(pool, itself, box);
        CU_ASSERT_EQUAL(*(int *)cf_as_ptr(cf_result(future)), 6);
    }
    CU_ASSERT_EQUAL(times_freed, 1);
}

static void make_values(void *data)
{
    (void)cf_format("made while freeing");
    free_counted(data);
}

static cf_value take_with_a_busy_free_function(cf_value arg)
{
    (void)arg;
    (void)cf_take(malloc(1), make_values);
    return cf_none();
}

static void a_free_function_may_make_values(void)
{
    times_freed = 0;
    cf_with (pool, cf_thread_pool()) {
        cf_submit(pool, take_with_a_busy_free_function, cf_none());
    }
    CU_ASSERT_EQUAL(times_freed, 1);
}

static void a_refused_task_takes_its_argument_all_the_same(void)
{
    times_freed = 0;
    cf_with (pool, cf_thread_pool()) {
        cf_shutdown(pool, CF_NO_WAIT);
        cf_future *future = cf_submit(pool, itself, take_new(cf_int(7)));
        CU_ASSERT_EQUAL(cf_exception(future)->code, CF_ESHUTDOWN);
        CU_ASSERT_EQUAL(times_freed, 0);
    }
    CU_ASSERT_EQUAL(times_freed, 1);
}

static void a_submit_without_memory_takes_its_argument_all_the_same(void)
{
    times_freed = 0;
    cf_with (pool, cf_thread_pool()) {
        const cf_value box = take_new(cf_int(8));
        fail_request(1, false);
        cf_future *future = cf_submit_with(pool, both, box, box);
        CU_ASSERT_EQUAL(cf_exception(future)->code, ENOMEM);
        CU_ASSERT_EQUAL(times_freed, 1);
        cf_release(cf_keep(future));  // immortal: does nothing
        cf_release(future);
    }
    CU_ASSERT_EQUAL(times_freed, 1);
}

static atomic_int runs;

static cf_value count_run(cf_value arg)
{
    runs++;
    return arg;
}

static void a_task_whose_argument_cannot_be_copied_does_not_run(void)
{
    runs = 0;
    cf_with (pool, cf_thread_pool()) {
        fail_request(2, false);  // the first is for the future
        cf_future *future = cf_submit(pool, count_run, "text");
        CU_ASSERT_EQUAL(cf_exception(future)->code, ENOMEM);
    }
    CU_ASSERT_EQUAL(runs, 0);
}

static CU_TestInfo tests[] = {
    TEST(a_view_is_copied_on_submit),
    TEST(a_struct_is_copied_both_ways),
    TEST(a_view_is_copied_on_return),
    TEST(a_view_into_the_argument_may_be_returned),
    TEST(a_loose_value_moves_on_submit),
    TEST(a_held_value_is_copied_on_submit),
    TEST(freeing_a_held_value_does_nothing),
    TEST(one_loose_value_may_be_context_and_argument),
    TEST(what_a_task_makes_and_drops_is_freed),
    TEST(a_task_may_free_what_it_made),
    TEST(what_a_task_makes_and_returns_moves),
    TEST(what_a_task_makes_and_submits_moves),
    TEST(a_task_run_in_place_owns_only_its_own_values),
    TEST(a_returned_argument_is_not_copied),
    TEST(a_result_lives_as_long_as_a_kept_future),
    TEST(a_copy_outlives_its_future),
    TEST(taken_data_is_freed_with_the_future),
    TEST(taken_data_that_a_task_drops_is_freed),
    TEST(taken_data_given_away_twice_is_freed_once),
    TEST(taken_data_submitted_and_returned_is_freed_once),
    TEST(a_free_function_may_make_values),
    TEST(a_refused_task_takes_its_argument_all_the_same),
    TEST(a_submit_without_memory_takes_its_argument_all_the_same),
    TEST(a_task_whose_argument_cannot_be_copied_does_not_run),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("ownership", tests),
    CU_SUITE_INFO_NULL,
};
