// Two forecasts are computed, and one station is called. With an argument, the
// call has a pool of its own.

#include <cfutures.h>
#include <stdio.h>
#include <time.h>

// How long a core has been busy with the calling thread.
static double seconds_of_work(void)
{
    struct timespec work;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &work);
    return (double)work.tv_sec + (double)work.tv_nsec / 1e9;
}

static cf_value compute(cf_value number)
{
    const double end = seconds_of_work() + 0.3;
    while (seconds_of_work() < end) {
        // a forecast would be computed here
    }
    return cf_format("forecast %lld is computed", (long long)cf_as_int(number));
}

// No core has anything to do for it.
static cf_value call(cf_value station)
{
    const struct timespec a_moment = {.tv_nsec = 10 * 1000 * 1000};
    nanosleep(&a_moment, NULL);
    return cf_format("station %lld has answered",
                     (long long)cf_as_int(station));
}

static void work(cf_executor *cores, cf_executor *channels)
{
    // [work]
    cf_future *all[] = {
        cf_submit(cores, compute, 1),
        cf_submit(cores, compute, 2),
        cf_submit(channels, call, 3),
    };
    cf_for_completed (next, all, 3) {
        puts(cf_as_str(cf_result(next)));
    }
    // [/work]
}

int main(int argc, char *argv[])
{
    (void)argv;
    cf_with (cores, cf_thread_pool(.max_workers = 2)) {
        cf_with (channels, cf_thread_pool(.max_workers = 4)) {
            work(cores, argc > 1 ? channels : cores);
        }
    }
    return 0;
}
