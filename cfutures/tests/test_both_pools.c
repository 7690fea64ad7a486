// What is the same for threads and for processes: one source for both, in which
// the pool's maker is all that differs.

#define _GNU_SOURCE  // MAP_ANONYMOUS

#include <cfutures.h>

#include "support.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

// What a test asks of its pool.
struct wishes {
    int workers;
    size_t max_pending;
    enum cf_when_full when_full;
    cf_task initializer;
    cf_value initializer_arg;
};

static cf_executor *threads(struct wishes wishes)
{
    return cf_thread_pool(.max_workers = wishes.workers,
                          .max_pending = wishes.max_pending,
                          .when_full = wishes.when_full,
                          .initializer = wishes.initializer,
                          .initializer_arg = wishes.initializer_arg);
}

static cf_executor *processes(struct wishes wishes)
{
    return cf_process_pool(.max_workers = wishes.workers,
                           .max_pending = wishes.max_pending,
                           .when_full = wishes.when_full,
                           .initializer = wishes.initializer,
                           .initializer_arg = wishes.initializer_arg);
}

// Set for each of the two suites.
static cf_executor *(*make)(struct wishes wishes);
#define MAKE(...) make((struct wishes){__VA_ARGS__})

static cf_executor *make_pool(int workers)
{
    return MAKE(.workers = workers);
}

// A gate that tasks in other processes come to as well.
static struct {
    atomic_int is_open;
    atomic_int arrived;
} * gate;

static cf_value pass(cf_value number)
{
    gate->arrived++;
    while (!gate->is_open) {
        usleep(500);
    }
    return number;
}

static void await_arrived(int arrived)
{
    while (gate->arrived < arrived) {
        usleep(500);
    }
}

static void open_the_gate(void)
{
    gate->is_open = 1;
}

static void set_up_test(void)
{
    support_set_up();
    gate->is_open = 0;
    gate->arrived = 0;
}

static int have_gate(void)
{
    gate = mmap(NULL, sizeof *gate, PROT_READ | PROT_WRITE,
                MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return (void *)gate == MAP_FAILED;
}

static int use_threads(void)
{
    make = threads;
    return have_gate();
}

static int use_processes(void)
{
    make = processes;
    return have_gate();
}

// ----- values and errors -----

static cf_value shout(cf_value text)
{
    return cf_format("%s!", cf_as_str(text));
}

static cf_value halve(cf_value number)
{
    return cf_double(cf_as_double(number) / 2);
}

struct point {
    int x;
    int y;
};

static cf_value mirror(cf_value value)
{
    const struct point point = cf_as_struct(value, struct point);
    const struct point mirrored = {.x = point.y, .y = point.x};
    return cf_copy(cf_struct(mirrored));
}

static void values_of_all_kinds_cross(void)
{
    const struct point point = {.x = 3, .y = 4};
    cf_with (pool, make_pool(2)) {
        cf_future *number = cf_submit(pool, itself, INT64_MIN);
        cf_future *half = cf_submit(pool, halve, 1.5);
        cf_future *text = cf_submit(pool, shout, "Hello");
        cf_future *nothing = cf_submit(pool, itself, cf_none());
        cf_future *empty = cf_submit(pool, itself, "");
        cf_future *mirrored = cf_submit(pool, mirror, cf_struct(point));
        CU_ASSERT_EQUAL(cf_as_int(cf_result(number)), INT64_MIN);
        CU_ASSERT_EQUAL(cf_as_double(cf_result(half)), 0.75);
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(text)), "Hello!");
        CU_ASSERT_STRING_EQUAL(cf_kind_name(cf_result(nothing)), "nothing");
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(empty)), "");
        const struct point out =
            cf_as_struct(cf_result(mirrored), struct point);
        CU_ASSERT(out.x == 4 && out.y == 3);
    }
}

static cf_value divide(cf_value divisor)
{
    if (cf_as_int(divisor) == 0) {
        const cf_value cause = cf_fail(EDOM, "100 / 0");
        return cf_fail_because(cause, EINVAL, "no quotient");
    }
    return cf_int(100 / cf_as_int(divisor));
}

static void an_error_comes_back_with_its_place_and_cause(void)
{
    cf_with (pool, make_pool(1)) {
        cf_value copy = cf_copy(cf_result(cf_submit(pool, divide, 0)));
        const cf_error *error = cf_as_error(copy);
        CU_ASSERT_PTR_NOT_NULL_FATAL(error);
        CU_ASSERT_EQUAL(error->code, EINVAL);
        CU_ASSERT_STRING_EQUAL(error->message, "no quotient");
        CU_ASSERT_STRING_EQUAL(error->function, "divide");
        CU_ASSERT_PTR_NOT_NULL(strstr(error->file, "test_both_pools.c"));
        CU_ASSERT_PTR_NOT_NULL_FATAL(error->cause);
        CU_ASSERT_EQUAL(error->cause->code, EDOM);
        CU_ASSERT_EQUAL(error->cause->line + 1, error->line);
        CU_ASSERT_PTR_NULL(error->cause->cause);
        cf_free(copy);
    }
}

// Each byte differs from its neighbours, and pieces from each other.
static unsigned char pattern(size_t i)
{
    return (unsigned char)(i ^ (i >> 8) ^ (i >> 16));
}

static cf_value flip(cf_value bytes)
{
    const size_t size = cf_size(bytes);
    const unsigned char *in = cf_as_bytes(bytes);
    unsigned char *out = malloc(size + 1);
    for (size_t i = 0; i < size; i++) {
        out[i] = in[i] == pattern(i) ? (unsigned char)~in[i] : in[i];
    }
    const cf_value result = cf_copy(cf_bytes(out, size));
    free(out);
    return result;
}

static void values_may_be_of_any_size(void)
{
    static const size_t sizes[] = {0,     1,     511,     512,    65535,
                                   65536, 65537, 1 << 20, 5000000};
    cf_with (pool, make_pool(2)) {
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
            unsigned char *data = malloc(sizes[i] + 1);
            for (size_t j = 0; j < sizes[i]; j++) {
                data[j] = pattern(j);
            }
            cf_future *future = cf_submit(pool, flip, cf_bytes(data, sizes[i]));
            const unsigned char *result = cf_as_bytes(cf_result(future));
            bool is_right = cf_size(cf_result(future)) == sizes[i];
            for (size_t j = 0; is_right && j < sizes[i]; j++) {
                is_right = result[j] == (unsigned char)~data[j];
            }
            CU_ASSERT_TRUE(is_right);
            free(data);
            cf_release(future);
        }
    }
}

static void large_messages_cross_in_both_directions_at_once(void)
{
    enum { COUNT = 8, SIZE = 400000 };
    char *data = calloc(1, SIZE);
    cf_future *futures[COUNT];
    cf_with (pool, make_pool(4)) {
        for (int i = 0; i < COUNT; i++) {
            futures[i] = cf_submit(pool, itself, cf_bytes(data, SIZE));
        }
        for (int i = 0; i < COUNT; i++) {
            CU_ASSERT_EQUAL(cf_size(cf_result(futures[i])), SIZE);
        }
    }
    free(data);
}

// ----- futures -----

static void many_tasks_run(void)
{
    cf_future *futures[200];
    cf_with (pool, make_pool(3)) {
        for (int i = 0; i < 200; i++) {
            futures[i] = cf_submit(pool, itself, i);
        }
        for (int i = 0; i < 200; i++) {
            CU_ASSERT_EQUAL(cf_as_int(cf_result(futures[i])), i);
        }
    }
}

static cf_value add(cf_value a, cf_value b)
{
    return cf_int(cf_as_int(a) + cf_as_int(b));
}

static void tasks_go_on_with_a_context(void)
{
    cf_with (pool, make_pool(1)) {
        cf_future *sum = cf_submit_with(pool, add, 1, 2);
        cf_future *more = cf_then_with(sum, add, 10);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(more)), 13);
        cf_future *kept = cf_finally(more, itself);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(kept)), 13);
    }
}

// ----- map -----

static cf_value square(cf_value number)
{
    if (cf_as_int(number) == 13) {
        return cf_fail(EDOM, "unlucky");
    }
    return cf_int(cf_as_int(number) * cf_as_int(number));
}

static void a_map_gives_results_and_errors_in_their_places(void)
{
    int numbers[50];
    for (int i = 0; i < 50; i++) {
        numbers[i] = i;
    }
    cf_with (pool, make_pool(2)) {
        for (size_t chunk = 1; chunk < 70; chunk += 6) {
            int i = 0;
            cf_for (value, cf_map(pool, square, numbers, 50, .chunk = chunk)) {
                CU_ASSERT_EQUAL(cf_failed(value), i == 13);
                CU_ASSERT(i == 13 || cf_as_int(value) == i * i);
                i++;
            }
            CU_ASSERT_EQUAL(i, 50);
        }
    }
}

static cf_value join(cf_value context, cf_value arg)
{
    return cf_format("%s%s", cf_as_str(context), cf_as_str(arg));
}

static void a_map_has_a_context(void)
{
    const char *names[] = {"Ada", "Ben", "Cleo"};
    char all[64] = "";
    cf_with (pool, make_pool(2)) {
        cf_for (text, cf_map_with(pool, join, "x", names, 3, .chunk = 2)) {
            strcat(all, cf_as_str(text));
        }
    }
    CU_ASSERT_STRING_EQUAL(all, "xAdaxBenxCleo");
}

static bool next_number(void *state, cf_value *item)
{
    int *next = state;
    *item = cf_int((*next)++);
    return true;
}

static void a_map_of_an_endless_source_may_be_left(void)
{
    int next = 0;
    int64_t sum = 0;
    cf_with (pool, make_pool(2)) {
        cf_for (value, cf_map_from(pool, itself, next_number, &next)) {
            sum += cf_as_int(value);
            if (cf_as_int(value) == 100) {
                break;
            }
        }
    }
    CU_ASSERT_EQUAL(sum, 5050);
    CU_ASSERT(next < 200);
}

static void with_stop_on_error_a_map_ends_there(void)
{
    int numbers[20];
    for (int i = 0; i < 20; i++) {
        numbers[i] = i;
    }
    cf_with (pool, make_pool(2)) {
        int i = 0;
        cf_for (value, cf_map(pool, square, numbers, 20, .chunk = 5,
                              .stop_on_error = true)) {
            CU_ASSERT_EQUAL(cf_failed(value), i == 13);
            i++;
        }
        CU_ASSERT_EQUAL(i, 14);
    }
}

// ----- states, cancelling, waiting -----

static void a_future_goes_through_its_states(void)
{
    cf_with (pool, make_pool(1)) {
        cf_future *first = cf_submit(pool, pass, 1);
        cf_future *second = cf_submit(pool, itself, 2);
        await_arrived(1);
        CU_ASSERT_TRUE(cf_running(first));
        CU_ASSERT_FALSE(cf_done(first));
        CU_ASSERT_EQUAL(cf_look(second).state, CF_PENDING);
        open_the_gate();
        CU_ASSERT_EQUAL(cf_as_int(cf_result(second)), 2);
        CU_ASSERT_TRUE(cf_done(first));
        CU_ASSERT_EQUAL(cf_look(first).state, CF_FINISHED);
    }
}

static void what_has_not_started_can_be_cancelled(void)
{
    cf_with (pool, make_pool(1)) {
        cf_future *running = cf_submit(pool, pass, 1);
        cf_future *pending = cf_submit(pool, pass, 2);
        await_arrived(1);
        CU_ASSERT_FALSE(cf_cancel(running));
        CU_ASSERT_TRUE(cf_cancel(pending));
        CU_ASSERT_EQUAL(code_of(pending), CF_ECANCELLED);
        open_the_gate();
        CU_ASSERT_EQUAL(cf_as_int(cf_result(running)), 1);
    }
    CU_ASSERT_EQUAL(gate->arrived, 1);
}

static void waits_tell_who_is_done(void)
{
    cf_with (pool, make_pool(2)) {
        cf_future *futures[] = {cf_submit(pool, pass, 1),
                                cf_submit(pool, itself, 2)};
        cf_future *slow = futures[0];
        CU_ASSERT_EQUAL(cf_wait(futures, 2, CF_FIRST_COMPLETED, CF_FOREVER), 1);
        CU_ASSERT_PTR_EQUAL(futures[1], slow);
        CU_ASSERT_EQUAL(cf_wait(futures, 2, CF_ALL_COMPLETED, 0.01), 1);
        const cf_value late = cf_result_within(slow, 0.01);
        CU_ASSERT_EQUAL(cf_as_error(late)->code, CF_ETIMEOUT);
        open_the_gate();
        int64_t sum = 0;
        cf_for_completed (future, futures, 2) {
            sum += cf_as_int(cf_result(future));
        }
        CU_ASSERT_EQUAL(sum, 3);
    }
}

// ----- callbacks, chains, promises -----

static void count_call(cf_future *future, cf_value counter)
{
    *(int *)cf_as_ptr(counter) += (int)cf_as_int(cf_result(future));
}

static void callbacks_are_called_here(void)
{
    int sum = 0;
    cf_with (pool, make_pool(1)) {
        cf_future *future = cf_submit(pool, pass, 5);
        cf_on_done(future, count_call, cf_ptr(&sum));
        cf_on_done(future, count_call, cf_ptr(&sum));
        open_the_gate();
    }
    CU_ASSERT_EQUAL(sum, 10);
}

static cf_future *last;  // a promise, set by the last callback

static void wait_for_another(cf_future *future, cf_value pool)
{
    const int64_t number = cf_as_int(cf_result(future));
    if (number < 3) {
        cf_future *next = cf_submit(cf_as_ptr(pool), itself, number + 1);
        cf_on_done(next, wait_for_another, pool);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(next)), number + 1);
    } else {
        cf_set_result(last, number);
    }
}

static void a_callback_may_wait_for_a_task_of_the_pool(void)
{
    cf_with (pool, make_pool(1)) {
        last = cf_promise(pool);
        cf_on_done(cf_submit(pool, itself, 0), wait_for_another, cf_ptr(pool));
        CU_ASSERT_EQUAL(cf_as_int(cf_result(last)), 3);
    }
}

static cf_value recover(cf_value error)
{
    return cf_int(cf_as_error(error)->code);
}

static void errors_go_along_a_chain(void)
{
    cf_with (pool, make_pool(2)) {
        cf_future *failed = cf_submit(pool, divide, 0);
        cf_future *skipped = cf_then(failed, itself);
        cf_future *caught = cf_catch(skipped, recover);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(caught)), EINVAL);
        CU_ASSERT_EQUAL(code_of(cf_finally(failed, recover)), EINVAL);
    }
}

static void a_promise_goes_on_into_tasks(void)
{
    cf_with (pool, make_pool(1)) {
        cf_future *promise = cf_promise(pool);
        cf_future *next = cf_then(promise, shout);
        CU_ASSERT_TRUE(cf_set_result(promise, "Hello"));
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(next)), "Hello!");
    }
}

// ----- submitting in other ways -----

static void many_are_submitted_at_once(void)
{
    const cf_value args[] = {cf_int(1), cf_str("two"), cf_double(3)};
    cf_future *futures[3];
    cf_with (pool, make_pool(2)) {
        cf_submit_many(pool, itself, args, 3, futures);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(futures[0])), 1);
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(futures[1])), "two");
        CU_ASSERT_EQUAL(cf_as_double(cf_result(futures[2])), 3);
    }
}

static void a_full_pool_refuses(void)
{
    cf_with (pool,
             MAKE(.workers = 1, .max_pending = 1, .when_full = CF_REFUSE)) {
        cf_future *first = cf_submit(pool, pass, 1);
        await_arrived(1);
        cf_future *second = cf_submit(pool, itself, 2);
        CU_ASSERT_EQUAL(code_of(cf_submit(pool, itself, 3)), CF_EFULL);
        open_the_gate();
        CU_ASSERT_EQUAL(cf_as_int(cf_result(first)), 1);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(second)), 2);
    }
}

static void submit_two(cf_future *future, cf_value pool)
{
    (void)future;
    cf_future *a = cf_submit(cf_as_ptr(pool), itself, 1);
    cf_future *b = cf_submit(cf_as_ptr(pool), itself, 2);
    CU_ASSERT_EQUAL(cf_as_int(cf_result(a)), 1);
    CU_ASSERT_EQUAL(cf_as_int(cf_result(b)), 2);
    cf_set_result(last, 1);
}

static void a_callback_may_submit_to_its_full_pool(void)
{
    cf_with (pool, MAKE(.workers = 1, .max_pending = 1)) {
        cf_future *first = cf_submit(pool, pass, 1);
        last = cf_promise(pool);
        cf_on_done(first, submit_two, cf_ptr(pool));
        await_arrived(1);
        cf_release(cf_submit(pool, itself, 3));
        open_the_gate();
        CU_ASSERT_EQUAL(cf_as_int(cf_result(last)), 1);
    }
}

static void tasks_may_start_later(void)
{
    cf_with (pool, make_pool(1)) {
        cf_future *far = cf_after(pool, 1e6, itself, 1);
        cf_future *near = cf_after(pool, 0.01, itself, 2);
        CU_ASSERT_EQUAL(cf_as_int(cf_result(near)), 2);
        CU_ASSERT_TRUE(cf_cancel(far));
    }
}

static cf_value wait_to_be_stopped(cf_value unused)
{
    (void)unused;
    gate->arrived++;
    while (!cf_stopping()) {
        usleep(500);
    }
    return cf_int(7);
}

static void a_running_task_hears_of_the_request(void)
{
    cf_with (pool, make_pool(1)) {
        cf_future *future = cf_submit(pool, wait_to_be_stopped, 0);
        await_arrived(1);
        CU_ASSERT_TRUE(cf_stop(future));
        CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 7);
        cf_future *next = cf_submit(pool, pass, 1);
        open_the_gate();
        CU_ASSERT_EQUAL(cf_as_int(cf_result(next)), 1);
    }
}

static cf_value read_context(cf_value unused)
{
    (void)unused;
    return cf_context();
}

static void the_context_goes_along(void)
{
    cf_set_context("request 7");
    cf_with (pool, make_pool(1)) {
        cf_future *future = cf_submit(pool, read_context, 0);
        CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(future)), "request 7");
    }
    cf_set_context(cf_none());
}

// ----- initializers, shutting down, keeping -----

static _Thread_local char name[16];

static cf_value set_name(cf_value value)
{
    if (cf_failed(value)) {
        return cf_fail_because(value, ENOENT, "no name");
    }
    snprintf(name, sizeof name, "%s", cf_as_str(value));
    return cf_none();
}

static cf_value read_name(cf_value unused)
{
    (void)unused;
    return cf_format("%s", name);
}

static void workers_are_initialized(void)
{
    cf_with (pool, MAKE(.workers = 2, .initializer = set_name,
                        .initializer_arg = cf_format("Ada"))) {
        for (int i = 0; i < 5; i++) {
            cf_future *future = cf_submit(pool, read_name, 0);
            CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(future)), "Ada");
        }
    }
}

static void an_initializer_that_fails_breaks_either_pool(void)
{
    cf_with (pool, MAKE(.workers = 2, .initializer = set_name,
                        .initializer_arg = cf_fail(EIO, "no file"))) {
        for (int i = 0; i < 3; i++) {
            const cf_error *error = cf_exception(cf_submit(pool, itself, 1));
            CU_ASSERT_PTR_NOT_NULL_FATAL(error);
            CU_ASSERT_EQUAL(error->code, CF_EBROKEN);
            CU_ASSERT_EQUAL(error->cause->code, ENOENT);
            CU_ASSERT_EQUAL(error->cause->cause->code, EIO);
        }
    }
}

static void a_shutdown_finishes_or_cancels_what_is_queued(void)
{
    cf_with (pool, make_pool(1)) {
        cf_future *running = cf_submit(pool, pass, 1);
        cf_future *queued = cf_submit(pool, itself, 2);
        await_arrived(1);
        cf_shutdown(pool, CF_NO_WAIT);
        CU_ASSERT_EQUAL(code_of(cf_submit(pool, itself, 3)), CF_ESHUTDOWN);
        cf_shutdown(pool, CF_CANCEL_PENDING);
        CU_ASSERT_EQUAL(code_of(queued), CF_ECANCELLED);
        open_the_gate();
        cf_shutdown(pool, CF_WAIT);
        CU_ASSERT_TRUE(cf_done(running));
    }
}

static void a_kept_future_outlives_its_pool(void)
{
    cf_future *kept = NULL;
    cf_with (pool, make_pool(1)) {
        kept = cf_keep(cf_submit(pool, shout, "Hello"));
    }
    CU_ASSERT_STRING_EQUAL(cf_as_str(cf_result(kept)), "Hello!");
    cf_release(kept);
}

static void say_nothing(const char *report)
{
    (void)report;
}

static void a_pool_is_not_closed_before_its_tasks_are_done(void)
{
    cf_executor *pool = make_pool(1);
    cf_future *future = cf_submit(pool, pass, 1);
    await_arrived(1);
    cf_on_log(say_nothing);
    CU_ASSERT_FALSE(cf_close_within(pool, 0));
    cf_on_log(NULL);
    open_the_gate();
    CU_ASSERT_EQUAL(cf_as_int(cf_result(future)), 1);
    CU_ASSERT_TRUE(cf_close_within(pool, CF_FOREVER));
}

static CU_TestInfo tests[] = {
    TEST(values_of_all_kinds_cross),
    TEST(an_error_comes_back_with_its_place_and_cause),
    TEST(values_may_be_of_any_size),
    TEST(large_messages_cross_in_both_directions_at_once),
    TEST(many_tasks_run),
    TEST(tasks_go_on_with_a_context),
    TEST(a_map_gives_results_and_errors_in_their_places),
    TEST(a_map_has_a_context),
    TEST(a_map_of_an_endless_source_may_be_left),
    TEST(with_stop_on_error_a_map_ends_there),
    TEST(a_future_goes_through_its_states),
    TEST(what_has_not_started_can_be_cancelled),
    TEST(waits_tell_who_is_done),
    TEST(callbacks_are_called_here),
    TEST(a_callback_may_wait_for_a_task_of_the_pool),
    TEST(errors_go_along_a_chain),
    TEST(a_promise_goes_on_into_tasks),
    TEST(many_are_submitted_at_once),
    TEST(a_full_pool_refuses),
    TEST(a_callback_may_submit_to_its_full_pool),
    TEST(tasks_may_start_later),
    TEST(a_running_task_hears_of_the_request),
    TEST(the_context_goes_along),
    TEST(workers_are_initialized),
    TEST(an_initializer_that_fails_breaks_either_pool),
    TEST(a_shutdown_finishes_or_cancels_what_is_queued),
    TEST(a_kept_future_outlives_its_pool),
    TEST(a_pool_is_not_closed_before_its_tasks_are_done),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    {"threads", use_threads, NULL, set_up_test, support_tear_down, tests},
    {"processes", use_processes, NULL, set_up_test, support_tear_down, tests},
    CU_SUITE_INFO_NULL,
};
