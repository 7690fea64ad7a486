// Looks at many small numbers. The argument says how many of them make a task.

#include <cfutures.h>
#include <stdio.h>
#include <stdlib.h>

enum { COUNT = 200000 };

// How often a number can be halved. Quick: less work than handing it over.
static cf_value halvings(cf_value number)
{
    int64_t rest = cf_as_int(number);
    int times = 0;
    while (rest % 2 == 0) {
        rest /= 2;
        times++;
    }
    return cf_int(times);
}

int main(int argc, char *argv[])
{
    const size_t chunk = argc > 1 ? strtoul(argv[1], NULL, 10) : 1;
    static int numbers[COUNT];
    for (int i = 0; i < COUNT; i++) {
        numbers[i] = i + 1;
    }

    int64_t sum = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 4)) {
        // [loop]
        cf_for (n, cf_map(pool, halvings, numbers, COUNT, .chunk = chunk)) {
            sum += cf_as_int(n);
        }
        // [/loop]
    }
    printf("%lld halvings\n", (long long)sum);
    return 0;
}
