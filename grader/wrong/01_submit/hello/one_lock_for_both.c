// Holds one lock while greeting and while laying the table: two things that are
// under way, and one after another all the same.

#include "hello.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static cf_value greet_carefully(cf_value name)
{
    pthread_mutex_lock(&lock);
    cf_value greeting = greet_slowly(name);
    pthread_mutex_unlock(&lock);
    return greeting;
}

static bool lay_table_carefully(void)
{
    pthread_mutex_lock(&lock);
    bool is_chair_free = lay_table();
    pthread_mutex_unlock(&lock);
    return is_chair_free;
}

bool hello_by_hand(const char *name)
{
    cf_executor *pool = cf_thread_pool();
    cf_future *greeting = cf_submit(pool, greet_carefully, name);
    bool is_chair_free = lay_table_carefully();
    if (is_chair_free) {
        say(cf_as_str(cf_result(greeting)));
    }
    cf_close(pool);
    return is_chair_free;
}

bool hello_in_a_block(const char *name)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *greeting = cf_submit(pool, greet_carefully, name);
        if (!lay_table_carefully()) {
            return false;
        }
        say(cf_as_str(cf_result(greeting)));
    }
    return true;
}
