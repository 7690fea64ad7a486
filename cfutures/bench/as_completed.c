// A million futures (or as many as the first argument says), submitted in
// batches, gone through as they are done, and given back. Prints, for each
// tenth of them, the time for each and the memory of the process: both have to
// stay as they are.
//
//     cmake --build build/release --target cfutures_bench_as_completed
//     build/release/cfutures/cfutures_bench_as_completed

#include <cfutures.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { BATCH = 10000, TENTHS = 10 };

static cf_value same(cf_value x)
{
    return x;
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static long most_kilobytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static int64_t run_batch(cf_executor *pool)
{
    static cf_future *futures[BATCH];
    int64_t sum = 0;
    for (int i = 0; i < BATCH; i++) {
        futures[i] = cf_submit(pool, same, 1);
    }
    cf_for_completed (future, futures, BATCH) {
        sum += cf_as_int(cf_result(future));
        cf_release(future);
    }
    return sum;
}

int main(int argc, char **argv)
{
    const long count = argc > 1 ? atol(argv[1]) : 1000000;
    const long batches = count / BATCH / TENTHS;
    int64_t sum = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        for (int tenth = 1; tenth <= TENTHS; tenth++) {
            const double start = seconds_now();
            for (long batch = 0; batch < batches; batch++) {
                sum += run_batch(pool);
            }
            const double seconds = seconds_now() - start;
            printf("%2d/%d  %6.0f ns for each  %ld KiB\n", tenth, TENTHS,
                   seconds * 1e9 / (double)(batches * BATCH), most_kilobytes());
        }
    }
    return sum == batches * BATCH * TENTHS ? 0 : 1;
}
