// Two tasks count what is done, under a lock, and show it behind the lock.
//
// Two claims for the explorer to refute: with -DCLAIM=1, the number on the
// screen only grows; with -DCLAIM=2, no number comes twice.

#include <assert.h>
#include <cfutures.h>
#include <pthread.h>
#include <stdio.h>

#ifndef CLAIM
#define CLAIM 0
#endif

static pthread_mutex_t count_lock = PTHREAD_MUTEX_INITIALIZER;
static int done;  // guarded by count_lock

static pthread_mutex_t screen_lock = PTHREAD_MUTEX_INITIALIZER;
static int on_screen;  // guarded by screen_lock

static void show_progress(int now_done)
{
    pthread_mutex_lock(&screen_lock);
    assert(CLAIM != 1 || now_done > on_screen);
    assert(CLAIM != 2 || now_done != on_screen);
    on_screen = now_done;
    printf("%d of 2\n", on_screen);
    pthread_mutex_unlock(&screen_lock);
}

// [task]
static cf_value work(cf_value item)
{
    pthread_mutex_lock(&count_lock);
    const int now_done = ++done;
    pthread_mutex_unlock(&count_lock);
    show_progress(now_done);  // one at a time: it has a lock of its own
    return item;
}
// [/task]

int main(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_submit(pool, work, 1);
        cf_submit(pool, work, 2);
    }
    return 0;
}
