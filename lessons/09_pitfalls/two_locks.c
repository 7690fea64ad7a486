// Who sells a seat holds a lock, and who takes one back does, too.

#include <cfutures.h>
#include <pthread.h>
#include <stdio.h>

#ifndef WORKERS
#define WORKERS 1
#endif

static pthread_mutex_t selling = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t taking_back = PTHREAD_MUTEX_INITIALIZER;
static int64_t sold;

// [tasks]
static cf_value sell(cf_value seats)
{
    pthread_mutex_lock(&selling);
    sold = sold + cf_as_int(seats);
    pthread_mutex_unlock(&selling);
    return cf_none();
}

static cf_value take_back(cf_value seats)
{
    pthread_mutex_lock(&taking_back);
    sold = sold - cf_as_int(seats);
    pthread_mutex_unlock(&taking_back);
    return cf_none();
}
// [/tasks]

int main(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = WORKERS)) {
        cf_submit(pool, sell, 5);
        cf_submit(pool, take_back, 2);
    }
    printf("%lld seats are sold\n", (long long)sold);
    return 0;
}
