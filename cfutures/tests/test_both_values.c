// Values, errors and maps, in pools of threads and in pools of processes.

#include <cfutures.h>

#include "kinds.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

// ----- values and errors -----

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

static void an_error_comes_back_with_its_place_and_cause(void)
{
    cf_with (pool, make_pool(1)) {
        cf_value copy = cf_copy(cf_result(cf_submit(pool, divide, 0)));
        const cf_error *error = cf_as_error(copy);
        CU_ASSERT_PTR_NOT_NULL_FATAL(error);
        CU_ASSERT_EQUAL(error->code, EINVAL);
        CU_ASSERT_STRING_EQUAL(error->message, "no quotient");
        CU_ASSERT_STRING_EQUAL(error->function, "divide");
        CU_ASSERT_PTR_NOT_NULL(strstr(error->file, "kinds.c"));
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

static CU_TestInfo tests[] = {
    TEST(values_of_all_kinds_cross),
    TEST(an_error_comes_back_with_its_place_and_cause),
    TEST(values_may_be_of_any_size),
    TEST(large_messages_cross_in_both_directions_at_once),
    TEST(a_map_gives_results_and_errors_in_their_places),
    TEST(a_map_has_a_context),
    TEST(a_map_of_an_endless_source_may_be_left),
    TEST(with_stop_on_error_a_map_ends_there),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITES_FOR_BOTH_KINDS(tests),
    CU_SUITE_INFO_NULL,
};
