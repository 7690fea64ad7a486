// One of three parcels is too heavy. Its error has a place of its own among the
// results, and the parcels behind it are weighed all the same.

#include <cfutures.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

// [task]
static cf_value weigh(cf_value parcel)
{
    const char *name = cf_as_str(parcel);
    if (strcmp(name, "piano") == 0) {
        return cf_fail(ERANGE, "too heavy: %s", name);
    }
    return cf_int(100 * (int)strlen(name));
}
// [/task]

int main(void)
{
    const char *parcels[] = {"lamp", "piano", "mug"};

    cf_with (pool, cf_thread_pool()) {
        // [loop]
        int i = 0;
        cf_for (result, cf_map(pool, weigh, parcels, 3)) {
            if (cf_failed(result)) {
                printf("%d: %s\n", i, cf_as_error(result)->message);
            } else {
                printf("%d: %d g\n", i, (int)cf_as_int(result));
            }
            i++;
        }
        // [/loop]
    }
    return 0;
}
