// Right use, of each macro and each type of argument: compiles without a
// warning. Not run; what it does is in the other tests.

#include <cfutures.h>
#include <cfutures_testing.h>

#include <stdio.h>
#include <stdlib.h>

enum colour { RED, GREEN };

struct point {
    int x;
    double y;
};

static cf_value itself(cf_value arg)
{
    return arg;
}

static cf_value with_context(cf_value context, cf_value arg)
{
    return cf_int(cf_as_int(context) + cf_as_int(arg));
}

static cf_value all_errors(cf_value arg)
{
    const cf_value cause = cf_fail(1, "plain");
    if (cf_failed(arg)) {
        return cf_fail_because(cause, 2, "with %d arguments", 1);
    }
    return cf_fail(3, "number %lld", (long long)cf_as_int(arg));
}

static void all_integers(cf_executor *pool)
{
    int i = 0;
    const unsigned char byte = 1;
    cf_submit(pool, itself, (bool)true);
    cf_submit(pool, itself, 'c');
    cf_submit(pool, itself, (signed char)1);
    cf_submit(pool, itself, byte);
    cf_submit(pool, itself, (short)1);
    cf_submit(pool, itself, (unsigned short)1);
    cf_submit(pool, itself, i);
    cf_submit(pool, itself, i++);
    cf_submit(pool, itself, 1U);
    cf_submit(pool, itself, 1L);
    cf_submit(pool, itself, 1UL);
    cf_submit(pool, itself, 1LL);
    cf_submit(pool, itself, 1ULL);
    cf_submit(pool, itself, sizeof i);
    cf_submit(pool, itself, GREEN);
    cf_submit(pool, itself, (enum colour)RED);
    cf_submit(pool, itself, (int64_t)1);
    cf_submit(pool, itself, (uint8_t)1);
}

static void all_other_arguments(cf_executor *pool)
{
    char array[] = "array";
    const char *const text = "text";
    const struct point point = {1, 2};
    const int numbers[] = {1, 2, 3};
    cf_submit(pool, itself, 1.5f);
    cf_submit(pool, itself, 1.5);
    cf_submit(pool, itself, "literal");
    cf_submit(pool, itself, array);
    cf_submit(pool, itself, text);
    cf_submit(pool, itself, cf_struct(point));
    cf_submit(pool, itself, cf_struct(numbers));
    cf_submit(pool, itself, cf_bytes(numbers, sizeof numbers));
    cf_submit(pool, itself, cf_ptr(pool));
    cf_submit(pool, itself, cf_ptr(text));
    cf_submit(pool, itself, cf_take(malloc(1), free));
    cf_submit(pool, itself, cf_format("%s %d", text, 1));
    cf_submit(pool, itself, cf_none());
    cf_submit(pool, &itself, 1);
    cf_submit(pool, point.x > 0 ? itself : all_errors, 1);
    cf_submit_with(pool, with_context, 1, 2);
    cf_submit_with(pool, with_context, "text", cf_struct(point));

    cf_release(cf_after(pool, 1, itself, 7));
    cf_stop(cf_submit_within(pool, itself, "text", 0.5));
    cf_submit_within_with(pool, with_context, 1, 2, 3);
    cf_execute(pool, itself, 'x');
    printf("%d\n", cf_execute_with(pool, with_context, 1.5, "text"));
    cf_set_context(cf_stopping() ? cf_none() : cf_context());
    cf_set_context("text");
    cf_after_with(pool, 0.5, with_context, "text", 2);

    cf_value several[] = {cf_int(1), cf_str("text")};
    const cf_value constant[] = {cf_none()};
    cf_future *futures[2];
    cf_submit_many(pool, itself, several, 2, futures);
    cf_submit_many(pool, itself, constant, 1, &futures[1]);
    cf_submit_many_with(pool, with_context, 1.5, several, 2, futures);
}

static bool count_up(void *state, cf_value *item)
{
    *item = cf_int((*(int *)state)++);
    return cf_as_int(*item) < 10;
}

static void all_maps(cf_executor *pool)
{
    const int numbers[] = {1, 2, 3};
    char word[] = "word";
    const char *const words[] = {word, "text"};
    char *variables[] = {word, word};
    cf_value values[] = {cf_int(1), cf_str("text")};
    const size_t count = 2;
    int state = 0;
    cf_for (item, cf_map(pool, itself, numbers, 3)) {
        cf_for (inner, cf_map(pool, itself, words, count, .chunk = 2)) {
            cf_submit(pool, itself, cf_failed(inner) ? inner : item);
        }
    }
    cf_for (item, cf_map(pool, itself, variables, 2, .ahead = 1)) {
        puts(cf_as_str(item));
    }
    cf_for (item, cf_map_with(pool, with_context, 1.5, values, 2)) {
        break;
    }
    cf_for (item, cf_map_from(pool, itself, count_up, &state, .seconds = 1)) {
        puts(cf_kind_name(item));
    }
    cf_map_iter *map =
        cf_map_from_with(pool, with_context, "text", count_up, &state,
                         .stop_on_error = true, .chunk = 2, .ahead = 4);
    cf_value value;
    while (cf_next(map, &value)) {
    }
    printf("%d\n", cf_map_error(map) != NULL);
    cf_map_close(map);
}

static int64_t result_by_return(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 4)) {
        return cf_as_int(cf_result(cf_submit(pool, itself, 7)));
    }
    return 0;  // for the compiler, which can't see that the block always runs
}

static int64_t result_by_variable(void)
{
    int64_t number = 0;
    cf_with (pool, cf_thread_pool()) {
        number = cf_as_int(cf_result(cf_submit(pool, itself, 7)));
    }
    return number;
}

static void nested(void)
{
    cf_with (outer, cf_thread_pool()) {
        cf_with (inner, cf_thread_pool(.max_workers = 1)) {
            cf_submit(outer, itself, cf_ptr(inner));
        }
    }
    cf_with (unused, cf_thread_pool()) {
    }
}

static void by_hand(void)
{
    cf_executor *pool = cf_thread_pool();
    cf_future *future = cf_keep(cf_submit(pool, all_errors, 1));
    const cf_error *error = cf_exception(future);
    if (error != NULL) {
        printf("%s\n", error->message);
    }
    cf_shutdown(pool, CF_NO_WAIT);
    cf_shutdown(pool, CF_WAIT);
    cf_shutdown(pool, CF_WAIT | CF_CANCEL_PENDING);
    cf_close(pool);
    const cf_value copy = cf_copy(cf_result_within(future, 0.5));
    cf_release(future);
    cf_free(copy);
}

static void when_done(cf_future *future, cf_value context)
{
    printf("%d %s\n", cf_cancelled(future), cf_as_str(context));
}

static void cancel_and_call_back(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, itself, 1);
        cf_on_done(future, when_done, "text");
        cf_on_done(future, &when_done, cf_ptr(pool));
        if (!cf_on_done(future, when_done, 7)) {
            printf("no memory\n");
        }
        cf_cancel(future);
    }
}

static int64_t wait_for_several(cf_future **futures, size_t count)
{
    int64_t sum = 0;
    if (cf_wait(futures, count, CF_FIRST_EXCEPTION, 0.5) == count) {
        cf_for_completed (outer, futures, count) {
            cf_for_completed (inner, futures, count) {
                sum += outer == inner;
            }
            if (cf_failed(cf_result(outer))) {
                return -1;
            }
        }
    }
    return sum;
}

static void wait_by_hand(cf_executor *pool)
{
    cf_future *futures[] = {cf_submit(pool, itself, 1),
                            cf_submit(pool, itself, 2)};
    cf_completed *completed = cf_as_completed(futures, 2, CF_FOREVER);
    cf_completed_add(completed, cf_submit(pool, itself, 3));
    cf_future *future;
    while ((future = cf_next_completed(completed)) != NULL) {
        printf("%zu left\n", cf_completed_left(completed));
    }
    cf_completed_close(completed);
    printf("%lld\n", (long long)wait_for_several(futures, 2));
}

static void chains(cf_executor *pool)
{
    cf_future *promise = cf_promise(pool);
    cf_future *tail = cf_then(cf_catch(promise, itself), &itself);
    tail = cf_finally(tail, itself);
    tail = cf_then_with(tail, with_context, 1);
    tail = cf_catch_with(tail, with_context, "text");
    tail = cf_finally_with(tail, with_context, cf_ptr(pool));
    if (cf_set_result(promise, 7) || cf_set_result(promise, "text")) {
        cf_set_result(promise, cf_fail(1, "no"));
    }
    cf_cancel(tail);
}

int main(void)
{
    cf_with (pool, cf_thread_pool()) {
        all_integers(pool);
        all_other_arguments(pool);
        all_maps(pool);
        wait_by_hand(pool);
        chains(pool);
    }
    const struct point point = {1, 2};
    const struct point same = cf_as_struct(cf_struct(point), struct point);
    printf("%d %g\n", same.x, cf_as_double(cf_double(same.y)));
    nested();
    by_hand();
    cancel_and_call_back();
    return (int)(result_by_return() - result_by_variable());
}
