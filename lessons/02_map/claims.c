// Three claims about a map, for the explorer to refute: -DCLAIM=1, 2 or 3.

#include <assert.h>
#include <cfutures.h>
#include <stdatomic.h>
#include <stdio.h>

#ifndef CLAIM
#define CLAIM 0
#endif

static atomic_int ready;  // so many jams, so far

static cf_value cook(cf_value fruit)
{
    (void)fruit;
    return cf_int(++ready);  // as which of all it was ready: 1, 2 or 3
}

int main(void)
{
    const char *fruits[] = {"quince", "fig", "apple"};
    int jar = 0;

    cf_with (pool, cf_thread_pool()) {
        cf_for (rank, cf_map(pool, cook, fruits, 3)) {
            printf("jar %d: %s\n", jar + 1, fruits[jar]);
            jar++;
            // [claims]
            assert(CLAIM != 1 || cf_as_int(rank) == jar);
            assert(CLAIM != 2 || ready == 3);
            assert(CLAIM != 3 || jar < 3 || ready == 3);
            // [/claims]
        }
    }
    return 0;
}
