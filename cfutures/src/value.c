// Making values. Reading them is in access.c.

#include "value.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "internal.h"

cf_value cfi_value(enum cfi_kind kind, uint64_t length, uint64_t bits)
{
    return (cf_value){.private_head = length << CFI_KIND_BITS | (uint64_t)kind,
                      .private_bits = bits};
}

cf_value cfi_block_value(enum cfi_kind kind, uint64_t length, const void *data)
{
    cf_value value = cfi_value(kind, length, (uintptr_t)data);
    value.private_head |= CFI_IN_BLOCK;
    return value;
}

enum cfi_kind cfi_kind(cf_value value)
{
    return (enum cfi_kind)(value.private_head & CFI_KIND_MASK);
}

uint64_t cfi_length(cf_value value)
{
    return value.private_head >> CFI_KIND_BITS;
}

bool cfi_is_pointer(cf_value value)
{
    return cfi_kind(value) == CFI_POINTER || cfi_kind(value) == CFI_TAKEN;
}

void *cfi_address(cf_value value)
{
    return (void *)(uintptr_t)value.private_bits;
}

// Who owns a value that is made now: the running task, or nobody.
static struct cfi_owner *maker(void)
{
    struct cfi_frame *task = cfi_frame_current();
    return task == NULL ? NULL : &task->loose;
}

cf_value cf_none(void)
{
    return cfi_value(CFI_NONE, 0, 0);
}

cf_value cf_int(int64_t number)
{
    return cfi_value(CFI_INT, 0, (uint64_t)number);
}

cf_value cf_unsigned(uint64_t number)
{
    if (number > INT64_MAX) {
        return cfi_fail("cf_unsigned", ERANGE,
                        "%llu is more than an int value holds (%lld)",
                        (unsigned long long)number, (long long)INT64_MAX);
    }
    return cf_int((int64_t)number);
}

cf_value cf_double(double number)
{
    uint64_t bits;
    _Static_assert(sizeof bits == sizeof number, "a double has 64 bits");
    memcpy(&bits, &number, sizeof bits);
    return cfi_value(CFI_DOUBLE, 0, bits);
}

cf_value cf_str(const char *text)
{
    if (text == NULL) {
        return cfi_fail("cf_str", EINVAL, "the text is NULL");
    }
    return cfi_value(CFI_TEXT, strlen(text), (uintptr_t)text);
}

cf_value cf_bytes(const void *data, size_t size)
{
    if (data == NULL && size > 0) {
        return cfi_fail("cf_bytes", EINVAL, "%zu bytes at NULL", size);
    }
    return cfi_value(CFI_BYTES, size, (uintptr_t)data);
}

cf_value cf_ptr(const void *pointer)
{
    return cfi_value(CFI_POINTER, 0, (uintptr_t)pointer);
}

cf_value cf_take(void *data, void (*free_data)(void *data))
{
    if (free_data == NULL) {
        return cfi_fail("cf_take", EINVAL,
                        "there is no function that frees the data (NULL)");
    }
    const struct cfi_taken taken = {.data = data};
    struct cfi_block *block = cfi_block_create(sizeof taken, maker());
    if (block == NULL) {
        free_data(data);
        return cfi_error_no_memory();
    }
    memcpy(block->data, &taken, sizeof taken);
    block->free_data = free_data;
    return cfi_block_value(CFI_TAKEN, 0, block->data);
}

cf_value cf_format(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0) {
        return cfi_fail("cf_format", EINVAL, "printf cannot print \"%s\"",
                        format);
    }
    const size_t size = (size_t)length;
    struct cfi_block *block = cfi_block_create(size + 1, maker());
    if (block == NULL) {
        return cfi_error_no_memory();
    }
    va_start(args, format);
    vsnprintf((char *)block->data, size + 1, format, args);
    va_end(args);
    return cfi_block_value(CFI_TEXT, size, block->data);
}

cf_value cf_value_itself(cf_value value)
{
    return value;
}
