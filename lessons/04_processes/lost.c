// A count of what the tasks did, in a global variable, and by results.
// -DPOOL=cf_thread_pool runs them on threads.

#include <cfutures.h>
#include <stdio.h>

#ifndef POOL
#define POOL cf_process_pool
#endif

static int washed;  // plates, by all tasks together?

// [task]
static cf_value wash(cf_value plates)
{
    for (int i = 0; i < (int)cf_as_int(plates); i++) {
        washed = washed + 1;
    }
    return plates;  // how many were washed here
}
// [/task]

int main(void)
{
    const int piles[] = {2, 1, 1};
    int sum = 0;

    cf_with (pool, POOL(.max_workers = 2)) {
        // [loop]
        cf_for (plates, cf_map(pool, wash, piles, 3)) {
            sum += (int)cf_as_int(plates);
        }
        // [/loop]
    }
    printf("global: %d\n", washed);
    printf("sum of the results: %d\n", sum);
    return 0;
}
