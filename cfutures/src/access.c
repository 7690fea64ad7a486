// Reading values. An accessor that is asked for what the value does not hold
// stops the program: the caller has a bug, or did not look for an error.

#include "value.h"

#include <string.h>

#include "report.h"

int64_t cf_as_int_at(cf_value value, cf_place place)
{
    if (cfi_kind(value) != CFI_INT) {
        cfi_stop_wrong_kind(place, "cf_as_int", "an int", value);
    }
    return (int64_t)value.private_bits;
}

double cf_as_double_at(cf_value value, cf_place place)
{
    if (cfi_kind(value) == CFI_INT) {
        return (double)(int64_t)value.private_bits;
    }
    if (cfi_kind(value) != CFI_DOUBLE) {
        cfi_stop_wrong_kind(place, "cf_as_double", "a double or an int", value);
    }
    double number;
    memcpy(&number, &value.private_bits, sizeof number);
    return number;
}

const char *cf_as_str_at(cf_value value, cf_place place)
{
    if (cfi_kind(value) != CFI_TEXT) {
        cfi_stop_wrong_kind(place, "cf_as_str", "a text", value);
    }
    return cfi_address(value);
}

const void *cf_as_bytes_at(cf_value value, cf_place place)
{
    if (cfi_kind(value) != CFI_BYTES) {
        cfi_stop_wrong_kind(place, "cf_as_bytes", "bytes", value);
    }
    return cfi_address(value);
}

void *cf_as_ptr_at(cf_value value, cf_place place)
{
    if (cfi_kind(value) == CFI_TAKEN) {
        struct cfi_taken taken;
        memcpy(&taken, cfi_address(value), sizeof taken);
        return taken.data;
    }
    if (cfi_kind(value) != CFI_POINTER) {
        cfi_stop_wrong_kind(place, "cf_as_ptr", "a pointer", value);
    }
    return cfi_address(value);
}

const void *cf_as_struct_at(cf_value value, size_t size, cf_place place)
{
    if (cfi_kind(value) != CFI_BYTES || cfi_length(value) != size) {
        cfi_stop_wrong_size(place, "cf_as_struct", size, value);
    }
    return cfi_address(value);
}

size_t cf_size(cf_value value)
{
    return (size_t)cfi_length(value);
}

const char *cf_kind_name(cf_value value)
{
    switch (cfi_kind(value)) {
    case CFI_NONE:
        return "nothing";
    case CFI_INT:
        return "int";
    case CFI_DOUBLE:
        return "double";
    case CFI_TEXT:
        return "text";
    case CFI_BYTES:
        return "bytes";
    case CFI_POINTER:
    case CFI_TAKEN:
        return "pointer";
    case CFI_ERROR:
        return "error";
    }
    return "no value at all (overwritten memory?)";
}
