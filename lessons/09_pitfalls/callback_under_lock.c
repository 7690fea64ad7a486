// The roast takes a second, and the soup is quick. When the soup is ready, a
// callback counts it.

#include <cfutures.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#ifndef WORKERS
#define WORKERS 1
#endif

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int ordered, ready;  // lock guards both

static cf_value cook(cf_value seconds)
{
    sleep((unsigned)cf_as_int(seconds));
    return cf_none();
}

// [callback]
static void count(cf_future *dish, cf_value unused)
{
    (void)dish;
    (void)unused;
    pthread_mutex_lock(&lock);
    ready++;
    pthread_mutex_unlock(&lock);
}
// [/callback]

int main(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = WORKERS)) {
        cf_submit(pool, cook, 1);
        cf_future *soup = cf_submit(pool, cook, 0);
        // [main]
        pthread_mutex_lock(&lock);
        ordered++;
        cf_on_done(soup, count, cf_none());
        pthread_mutex_unlock(&lock);
        // [/main]
    }
    printf("%d ordered, %d ready\n", ordered, ready);
    return 0;
}
