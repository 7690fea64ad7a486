// A set of futures, for finding out which ones come again in an array: a table
// of addresses, twice as large as needed, searched from a place that the
// address picks.

#include "internal.h"

#include <string.h>

#include "system.h"

bool cfi_seen_init(struct cfi_seen *seen, size_t count)
{
    size_t places = 2;
    while (places / 2 < count) {
        if (places > SIZE_MAX / 2 / sizeof *seen->table) {
            return false;
        }
        places *= 2;
    }
    seen->mask = places - 1;
    seen->table = cfi_system.allocate(places * sizeof *seen->table);
    if (seen->table == NULL) {
        return false;
    }
    memset(seen->table, 0, places * sizeof *seen->table);
    return true;
}

void cfi_seen_deinit(struct cfi_seen *seen)
{
    cfi_system.release(seen->table);
}

bool cfi_seen_add(struct cfi_seen *seen, const cf_future *future)
{
    // Multiplicative hashing: the upper half depends on all bits of the
    // address.
    const uint64_t address = (uintptr_t)future;
    size_t place =
        (size_t)((address * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & seen->mask;
    while (seen->table[place] != NULL) {
        if (seen->table[place] == future) {
            return false;
        }
        place = (place + 1) & seen->mask;
    }
    seen->table[place] = future;
    return true;
}
