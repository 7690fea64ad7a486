// The time of a map counts from its call, not for each item: it has 5 s, of
// which the first item takes 3. The second one takes for ever, and 5 s after
// the call, not after the first result, the map says so.

#include <assert.h>
#include <cfutures.h>
#include <pthread.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool may_end;

static time_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

static cf_value take_its_time(cf_value item)
{
    if (cf_as_int(item) == 0) {
        nanosleep(&(struct timespec){.tv_sec = 3}, NULL);
        return cf_int(now());
    }
    pthread_mutex_lock(&lock);
    while (!may_end) {
        pthread_cond_wait(&changed, &lock);
    }
    pthread_mutex_unlock(&lock);
    return item;
}

static void let_it_end(void)
{
    pthread_mutex_lock(&lock);
    may_end = true;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
}

int main(void)
{
    const int items[] = {0, 1, 2};
    const time_t start = now();
    time_t first_ended = start + 60;
    bool is_over = false;
    cf_executor *pool = cf_thread_pool(.max_workers = 1);
    cf_for (item, cf_map(pool, take_its_time, items, 3, .seconds = 5)) {
        assert(!is_over);
        is_over = cf_failed(item);
        assert(!is_over || cf_as_error(item)->code == CF_ETIMEOUT);
        first_ended = is_over ? first_ended : cf_as_int(item);
    }
    assert(is_over);
    // If the worker was slow to begin, this tells nothing.
    assert(first_ended - start > 3 || now() - start <= 5);
    let_it_end();
    cf_close(pool);
    return 0;
}
