// Says how far it is, in the order of the items: while the first is slow, it
// says nothing.

#include <cfutures.h>
#include <stdio.h>
#include <unistd.h>

static cf_value square(cf_value number)
{
    const int64_t n = cf_as_int(number);
    sleep(n == 1 ? 3 : 1);  // stands for something slow; the first is slower
    return cf_int(n * n);
}

int main(void)
{
    const int numbers[] = {1, 2, 3, 4, 5};

    cf_with (pool, cf_thread_pool(.max_workers = 5)) {
        // [loop]
        int done = 0;
        cf_for (value, cf_map(pool, square, numbers, 5)) {
            (void)value;
            done++;
            printf("%d of 5\n", done);
        }
        // [/loop]
    }
    return 0;
}
