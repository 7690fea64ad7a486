// Values on their way between processes: what is written is read again, and
// whatever else comes is read without harm.

#include <cfutures.h>

#include "support.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../src/process/wire.h"

static cf_value crossed(cf_value value, struct cfi_owner *owner)
{
    struct cfi_bytes bytes;
    cfi_bytes_init(&bytes);
    cfi_wire_put(&bytes, value);
    CU_ASSERT_FALSE(bytes.is_short);
    struct cfi_reader reader = cfi_reader_of(&bytes);
    const cf_value copy = cfi_wire_get(&reader, owner);
    CU_ASSERT_FALSE(reader.is_bad);
    CU_ASSERT_EQUAL(reader.left, 0);
    memset(bytes.data, 0xff, bytes.size);  // the copy has its own memory
    cfi_bytes_deinit(&bytes);
    return copy;
}

static void numbers_and_texts_arrive(void)
{
    struct cfi_owner owner = {NULL};
    CU_ASSERT_EQUAL(cf_as_int(crossed(cf_int(INT64_MIN), &owner)), INT64_MIN);
    CU_ASSERT_EQUAL(cf_as_double(crossed(cf_double(-0.5), &owner)), -0.5);
    CU_ASSERT_STRING_EQUAL(cf_as_str(crossed(cf_str("Ada"), &owner)), "Ada");
    CU_ASSERT_STRING_EQUAL(cf_as_str(crossed(cf_str(""), &owner)), "");
    const cf_value bytes = crossed(cf_bytes("\0\1\2", 3), &owner);
    CU_ASSERT_EQUAL(cf_size(bytes), 3);
    CU_ASSERT_EQUAL(memcmp(cf_as_bytes(bytes), "\0\1\2", 3), 0);
    CU_ASSERT_EQUAL(cf_size(crossed(cf_bytes(NULL, 0), &owner)), 0);
    CU_ASSERT_STRING_EQUAL(cf_kind_name(crossed(cf_none(), &owner)), "nothing");
    cfi_owner_free_all(&owner);
}

static cf_value chain_of(int length)
{
    cf_value error = cf_fail(ENOENT, "number 0");
    for (int i = 1; i < length; i++) {
        const cf_value next = cf_fail_because(error, EDOM, "number %d", i);
        cf_free(error);
        error = next;
    }
    return error;
}

static void errors_arrive_with_their_whole_chain(void)
{
    struct cfi_owner owner = {NULL};
    struct cfi_owner again = {NULL};
    const cf_value chain = chain_of(20);
    cf_value arrived = crossed(chain, &owner);
    // Twice: what came from elsewhere has no literals to rely on.
    arrived = crossed(arrived, &again);
    cfi_owner_free_all(&owner);
    const cf_error *expected = cf_as_error(chain);
    const cf_error *error = cf_as_error(arrived);
    while (expected != NULL && error != NULL) {
        CU_ASSERT_EQUAL(error->code, expected->code);
        CU_ASSERT_EQUAL(error->line, expected->line);
        CU_ASSERT_STRING_EQUAL(error->file, expected->file);
        CU_ASSERT_STRING_EQUAL(error->function, expected->function);
        CU_ASSERT_STRING_EQUAL(error->message, expected->message);
        CU_ASSERT_PTR_NULL(cfi_error_task(error));
        error = error->cause;
        expected = expected->cause;
    }
    CU_ASSERT_PTR_NULL(error);
    CU_ASSERT_PTR_NULL(expected);
    cf_free(chain);
    cfi_owner_free_all(&again);
}

static void a_pointer_becomes_an_error(void)
{
    struct cfi_owner owner = {NULL};
    const cf_value arrived = crossed(cf_ptr(&owner), &owner);
    CU_ASSERT_EQUAL(cf_as_error(arrived)->code, CF_EPOINTER);
    cfi_owner_free_all(&owner);
}

// ----- what nobody has written -----

// Looks at all that a value says it has.
static unsigned look_at(cf_value value)
{
    unsigned sum = 0;
    if (cf_failed(value)) {
        for (const cf_error *e = cf_as_error(value); e; e = e->cause) {
            sum += (unsigned)(strlen(e->file) + strlen(e->function) +
                              strlen(e->message));
        }
        return sum;
    }
    const unsigned char *bytes = cf_size(value) > 0 ? cfi_address(value) : NULL;
    for (size_t i = 0; i < cf_size(value); i++) {
        sum += bytes[i];
    }
    return sum;
}

static volatile unsigned seen;  // so that looking is not left out

// From memory of exactly this size, so that a sanitizer sees a step too far.
static bool read_all(const unsigned char *data, size_t size)
{
    unsigned char *copy = malloc(size > 0 ? size : 1);
    memcpy(copy, data, size);
    struct cfi_owner owner = {NULL};
    struct cfi_reader reader = {.next = copy, .left = size};
    while (reader.left > 0 && !reader.is_bad) {
        seen ^= look_at(cfi_wire_get(&reader, &owner));
    }
    cfi_owner_free_all(&owner);
    free(copy);
    return !reader.is_bad;
}

static void write_some_of_each(struct cfi_bytes *bytes)
{
    const cf_value error = chain_of(3);
    cfi_bytes_init(bytes);
    cfi_wire_put(bytes, cf_int(-1));
    cfi_wire_put(bytes, cf_str("a text"));
    cfi_wire_put(bytes, error);
    cfi_wire_put(bytes, cf_bytes("\1\2\3", 3));
    cfi_wire_put(bytes, cf_none());
    cf_free(error);
}

static void what_is_cut_off_is_wrong(void)
{
    struct cfi_bytes bytes;
    write_some_of_each(&bytes);
    size_t whole = 0;  // values may end where it is cut
    for (size_t size = 0; size <= bytes.size; size++) {
        whole += read_all(bytes.data, size);
    }
    CU_ASSERT_EQUAL(whole, 6);
    cfi_bytes_deinit(&bytes);
}

static unsigned char *find(struct cfi_bytes *bytes, const char *text)
{
    for (size_t i = 0; i + strlen(text) < bytes->size; i++) {
        if (memcmp(bytes->data + i, text, strlen(text)) == 0) {
            return bytes->data + i;
        }
    }
    return NULL;
}

static void a_text_without_its_end_is_wrong(void)
{
    struct cfi_bytes bytes;
    write_some_of_each(&bytes);
    unsigned char *message = find(&bytes, "number 0");
    CU_ASSERT_PTR_NOT_NULL_FATAL(message);
    message[3] = '\0';  // ends too early
    CU_ASSERT_FALSE(read_all(bytes.data, bytes.size));
    message[3] = 'b';
    message[strlen("number 0")] = 'x';  // does not end
    CU_ASSERT_FALSE(read_all(bytes.data, bytes.size));
    cfi_bytes_deinit(&bytes);
}

static void any_byte_may_be_any_other(void)
{
    struct cfi_bytes bytes;
    write_some_of_each(&bytes);
    for (size_t i = 0; i < bytes.size; i++) {
        const unsigned char right = bytes.data[i];
        for (unsigned wrong = 0; wrong < 256; wrong++) {
            bytes.data[i] = (unsigned char)wrong;
            (void)read_all(bytes.data, bytes.size);
        }
        bytes.data[i] = right;
    }
    CU_ASSERT_TRUE(read_all(bytes.data, bytes.size));
    cfi_bytes_deinit(&bytes);
}

static void many_bytes_may_be_any_others(void)
{
    struct cfi_bytes bytes;
    unsigned char copy[1024];
    uint64_t random = 88172645463325252;
    write_some_of_each(&bytes);
    CU_ASSERT_FATAL(bytes.size <= sizeof copy);
    for (int round = 0; round < 20000; round++) {
        memcpy(copy, bytes.data, bytes.size);
        for (int i = 0; i < 4; i++) {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            copy[random % bytes.size] = (unsigned char)(random >> 32);
        }
        (void)read_all(copy, bytes.size);
    }
    cfi_bytes_deinit(&bytes);
}

static CU_TestInfo crossing[] = {
    TEST(numbers_and_texts_arrive),
    TEST(errors_arrive_with_their_whole_chain),
    TEST(a_pointer_becomes_an_error),
    CU_TEST_INFO_NULL,
};

static CU_TestInfo nonsense[] = {
    TEST(what_is_cut_off_is_wrong),
    TEST(a_text_without_its_end_is_wrong),
    TEST(any_byte_may_be_any_other),
    TEST(many_bytes_may_be_any_others),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("values on their way", crossing),
    SUITE("nonsense", nonsense),
    CU_SUITE_INFO_NULL,
};
