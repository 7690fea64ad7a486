// The same map on processes and on threads, in turn. The arguments: how many
// items, how many of them in a chunk, and how many steps each takes.

#include <cfutures.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOST_ITEMS = 100000, PAIRS = 5 };

static cf_value work(cf_value steps)
{
    uint64_t x = 1;
    for (int64_t left = cf_as_int(steps); left > 0; left--) {
        x = x * 6364136223846793005u + 1442695040888963407u;
    }
    return cf_int((int64_t)(x >> 60));
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

// Adds the results up. The less of its time and *best goes to *best.
static int64_t run(cf_executor *pool, const int items[], size_t count,
                   size_t chunk, double *best)
{
    int64_t sum = 0;
    const double began = seconds();
    cf_for (result, cf_map(pool, work, items, count, .chunk = chunk)) {
        sum += cf_as_int(result);
    }
    const double took = seconds() - began;
    *best = took < *best ? took : *best;
    cf_close(pool);
    return sum;
}

int main(int argc, char *argv[])
{
    const size_t wanted = argc > 1 ? (size_t)atoi(argv[1]) : 100;
    const size_t count = wanted < MOST_ITEMS ? wanted : MOST_ITEMS;
    const size_t chunk = argc > 2 ? (size_t)atoi(argv[2]) : 1;
    static int items[MOST_ITEMS];
    for (size_t i = 0; i < count; i++) {
        items[i] = argc > 3 ? atoi(argv[3]) : 1;
    }
    double processes = 1e9, threads = 1e9;
    for (int i = 0; i < PAIRS; i++) {
        cf_executor *pool = cf_process_pool(.max_workers = 2);
        const int64_t sum = run(pool, items, count, chunk, &processes);
        pool = cf_thread_pool(.max_workers = 2);
        const bool is_same = run(pool, items, count, chunk, &threads) == sum;
        puts(is_same ? "the same sums" : "different sums");
    }
    fprintf(stderr, "processes %.3f s, threads %.3f s\n", processes, threads);
}
