// Items out of an array, as values. One function for each type of element.

#include "map.h"

// clang-format off
#define ELEMENTS(name, type, make)                                         \
    static cf_value read_##name(const void *array, size_t index)           \
    {                                                                      \
        return make(((const type *)array)[index]);                         \
    }                                                                      \
                                                                           \
    struct cf_items cf_items_of_##name(const void *array, size_t count)    \
    {                                                                      \
        return (struct cf_items){                                          \
            .array = array, .count = count, .read = read_##name};          \
    }
// clang-format on

ELEMENTS(int, int, cf_int)
ELEMENTS(unsigned, unsigned, cf_unsigned)
ELEMENTS(long, long, cf_int)
ELEMENTS(unsigned_long, unsigned long, cf_unsigned)
ELEMENTS(long_long, long long, cf_int)
ELEMENTS(unsigned_long_long, unsigned long long, cf_unsigned)
ELEMENTS(float, float, cf_double)
ELEMENTS(double, double, cf_double)
ELEMENTS(text, char *const, cf_str)
ELEMENTS(value, cf_value, cf_value_itself)

struct cf_items cf_items_from(cf_source *next, void *state)
{
    return (struct cf_items){.next = next, .state = state};
}

bool cfi_items_are_given(const struct cf_items *items)
{
    return items->read == read_value;
}
