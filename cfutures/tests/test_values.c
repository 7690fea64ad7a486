// Chapter 1 of the header, as far as no task is involved.

#include <cfutures.h>

#include "support.h"

#include <errno.h>
#include <float.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

static void check_error(cf_value value, int code)
{
    CU_ASSERT_TRUE(cf_failed(value));
    CU_ASSERT_PTR_NOT_NULL_FATAL(cf_as_error(value));
    CU_ASSERT_EQUAL(cf_as_error(value)->code, code);
    cf_free(value);
}

static void a_value_is_two_integer_words(void)
{
    CU_ASSERT_EQUAL(sizeof(cf_value), 16);
}

static void an_all_zero_value_is_nothing(void)
{
    const cf_value zero = {0};
    CU_ASSERT_STRING_EQUAL(cf_kind_name(zero), "nothing");
    CU_ASSERT_STRING_EQUAL(cf_kind_name(cf_none()), "nothing");
    CU_ASSERT_EQUAL(cf_size(zero), 0);
}

static void integers_come_out_as_they_went_in(void)
{
    static const int64_t numbers[] = {0, 1, -1, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        CU_ASSERT_EQUAL(cf_as_int(cf_int(numbers[i])), numbers[i]);
    }
    CU_ASSERT_EQUAL(cf_as_int(cf_unsigned(INT64_MAX)), INT64_MAX);
    CU_ASSERT_STRING_EQUAL(cf_kind_name(cf_int(0)), "int");
}

static void an_unsigned_number_too_large_is_an_error(void)
{
    check_error(cf_unsigned((uint64_t)INT64_MAX + 1), ERANGE);
    check_error(cf_unsigned(UINT64_MAX), ERANGE);
}

static void doubles_come_out_as_they_went_in(void)
{
    static const double numbers[] = {0.0, -0.5, DBL_MAX, DBL_MIN, 1e-300};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        CU_ASSERT(cf_as_double(cf_double(numbers[i])) == numbers[i]);
    }
    CU_ASSERT_STRING_EQUAL(cf_kind_name(cf_double(0)), "double");
}

static void an_int_can_be_read_as_a_double(void)
{
    CU_ASSERT(cf_as_double(cf_int(-3)) == -3.0);
}

static void a_text_is_a_view(void)
{
    char text[] = "abc";
    const cf_value value = cf_str(text);
    CU_ASSERT_PTR_EQUAL(cf_as_str(value), text);
    CU_ASSERT_EQUAL(cf_size(value), 3);
    CU_ASSERT_STRING_EQUAL(cf_kind_name(value), "text");
    CU_ASSERT_EQUAL(cf_size(cf_str("")), 0);
}

static void no_text_is_an_error(void)
{
    check_error(cf_str(NULL), EINVAL);
}

static void bytes_are_a_view(void)
{
    const unsigned char data[] = {1, 0, 2};
    const cf_value value = cf_bytes(data, sizeof data);
    CU_ASSERT_PTR_EQUAL(cf_as_bytes(value), data);
    CU_ASSERT_EQUAL(cf_size(value), 3);
    CU_ASSERT_STRING_EQUAL(cf_kind_name(value), "bytes");
}

static void null_is_allowed_for_no_bytes_only(void)
{
    CU_ASSERT_EQUAL(cf_size(cf_bytes(NULL, 0)), 0);
    CU_ASSERT_FALSE(cf_failed(cf_bytes(NULL, 0)));
    check_error(cf_bytes(NULL, 1), EINVAL);
}

struct order {
    int number;
    double price;
    const char *customer;
};

static void a_struct_comes_out_as_it_went_in(void)
{
    const struct order order = {7, 1.5, "Ada"};
    const struct order read = cf_as_struct(cf_struct(order), struct order);
    CU_ASSERT_EQUAL(read.number, 7);
    CU_ASSERT(read.price == 1.5);
    CU_ASSERT_PTR_EQUAL(read.customer, order.customer);
}

static void a_pointer_is_passed_on_as_it_is(void)
{
    int target = 1;
    CU_ASSERT_PTR_EQUAL(cf_as_ptr(cf_ptr(&target)), &target);
    CU_ASSERT_PTR_NULL(cf_as_ptr(cf_ptr(NULL)));
    CU_ASSERT_STRING_EQUAL(cf_kind_name(cf_ptr(NULL)), "pointer");
}

static int times_freed;
static void *last_freed;

static void note_free(void *data)
{
    times_freed++;
    last_freed = data;
}

static void taken_data_is_freed_once(void)
{
    int data = 1;
    times_freed = 0;
    const cf_value value = cf_take(&data, note_free);
    CU_ASSERT_PTR_EQUAL(cf_as_ptr(value), &data);
    CU_ASSERT_STRING_EQUAL(cf_kind_name(value), "pointer");
    CU_ASSERT_EQUAL(times_freed, 0);
    cf_free(value);
    CU_ASSERT_EQUAL(times_freed, 1);
    CU_ASSERT_PTR_EQUAL(last_freed, &data);
}

static void taking_without_a_free_function_is_an_error(void)
{
    int data = 1;
    check_error(cf_take(&data, NULL), EINVAL);
}

static void taking_without_memory_frees_at_once(void)
{
    int data = 1;
    times_freed = 0;
    fail_request(1, false);
    check_error(cf_take(&data, note_free), ENOMEM);
    CU_ASSERT_EQUAL(times_freed, 1);
}

static void a_format_makes_a_text(void)
{
    const cf_value value = cf_format("%s is %d", "Ada", 36);
    CU_ASSERT_STRING_EQUAL(cf_as_str(value), "Ada is 36");
    CU_ASSERT_EQUAL(cf_size(value), 9);
    cf_free(value);
    const cf_value empty = cf_format("%s", "");
    CU_ASSERT_STRING_EQUAL(cf_as_str(empty), "");
    cf_free(empty);
}

static void a_format_without_memory_is_an_error(void)
{
    fail_request(1, false);
    check_error(cf_format("%d", 1), ENOMEM);
}

static void a_copy_has_memory_of_its_own(void)
{
    char text[] = "abc";
    const cf_value copy = cf_copy(cf_str(text));
    text[0] = 'x';
    CU_ASSERT_STRING_EQUAL(cf_as_str(copy), "abc");
    CU_ASSERT_EQUAL(cf_size(copy), 3);
    cf_free(copy);
}

static void copies_of_bytes_are_aligned_for_any_type(void)
{
    const char data[17] = "0123456789abcdef";
    const cf_value copy = cf_copy(cf_bytes(data + 1, 16));
    CU_ASSERT_EQUAL((uintptr_t)cf_as_bytes(copy) % alignof(max_align_t), 0);
    CU_ASSERT_EQUAL(memcmp(cf_as_bytes(copy), data + 1, 16), 0);
    cf_free(copy);
    cf_free(cf_copy(cf_bytes(NULL, 0)));
}

static void copying_what_has_no_memory_gives_it_back(void)
{
    CU_ASSERT_EQUAL(cf_as_int(cf_copy(cf_int(5))), 5);
    CU_ASSERT(cf_as_double(cf_copy(cf_double(0.5))) == 0.5);
    CU_ASSERT_STRING_EQUAL(cf_kind_name(cf_copy(cf_none())), "nothing");
    CU_ASSERT_PTR_NULL(cf_as_ptr(cf_copy(cf_ptr(NULL))));
    CU_ASSERT_EQUAL(blocks_in_use(), 0);
}

static void taken_data_cannot_be_copied(void)
{
    int data = 1;
    const cf_value value = cf_take(&data, note_free);
    check_error(cf_copy(value), EINVAL);
    cf_free(value);
}

static void a_copy_without_memory_is_an_error(void)
{
    fail_request(1, false);
    check_error(cf_copy(cf_str("abc")), ENOMEM);
}

static void freeing_a_view_does_nothing(void)
{
    char text[] = "abc";
    cf_free(cf_str(text));
    cf_free(cf_bytes(text, 3));
    cf_free(cf_ptr(text));
    cf_free(cf_int(1));
    cf_free(cf_none());
    CU_ASSERT_STRING_EQUAL(text, "abc");
}

static CU_TestInfo tests[] = {
    TEST(a_value_is_two_integer_words),
    TEST(an_all_zero_value_is_nothing),
    TEST(integers_come_out_as_they_went_in),
    TEST(an_unsigned_number_too_large_is_an_error),
    TEST(doubles_come_out_as_they_went_in),
    TEST(an_int_can_be_read_as_a_double),
    TEST(a_text_is_a_view),
    TEST(no_text_is_an_error),
    TEST(bytes_are_a_view),
    TEST(null_is_allowed_for_no_bytes_only),
    TEST(a_struct_comes_out_as_it_went_in),
    TEST(a_pointer_is_passed_on_as_it_is),
    TEST(taken_data_is_freed_once),
    TEST(taking_without_a_free_function_is_an_error),
    TEST(taking_without_memory_frees_at_once),
    TEST(a_format_makes_a_text),
    TEST(a_format_without_memory_is_an_error),
    TEST(a_copy_has_memory_of_its_own),
    TEST(copies_of_bytes_are_aligned_for_any_type),
    TEST(copying_what_has_no_memory_gives_it_back),
    TEST(taken_data_cannot_be_copied),
    TEST(a_copy_without_memory_is_an_error),
    TEST(freeing_a_view_does_nothing),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("values", tests),
    CU_SUITE_INFO_NULL,
};
