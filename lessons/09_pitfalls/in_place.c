// A pool of one worker, and a task on it that waits for two others.

#include <cfutures.h>
#include <pthread.h>
#include <stdio.h>

static pthread_t cook;  // set before the tasks that read it are submitted

static cf_value soup(cf_value unused)
{
    (void)unused;
    const bool is_same = pthread_equal(pthread_self(), cook);
    return cf_str(is_same ? "the same thread" : "another thread");
}

// [menu]
static cf_value menu(cf_value pool)
{
    cook = pthread_self();
    cf_future *one = cf_submit(cf_as_ptr(pool), soup, cf_none());
    cf_value first = cf_result(one);
    cf_future *two = cf_submit(cf_as_ptr(pool), soup, cf_none());
    cf_value second = cf_result_within(two, 60);
    return cf_format("cf_result: %s\ncf_result_within: %s", cf_as_str(first),
                     cf_as_str(second));
}
// [/menu]

int main(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        puts(cf_as_str(cf_result(cf_submit(pool, menu, cf_ptr(pool)))));
    }
    return 0;
}
