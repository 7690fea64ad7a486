// Waits for the greeting first, and lays the table when it is over: right
// words, right end, and nothing happens at the same time.

#include "hello.h"

bool hello_by_hand(const char *name)
{
    cf_executor *pool = cf_thread_pool();
    cf_value greeting = cf_result(cf_submit(pool, greet_slowly, name));
    bool is_chair_free = lay_table();
    if (is_chair_free) {
        say(cf_as_str(greeting));
    }
    cf_close(pool);
    return is_chair_free;
}

bool hello_in_a_block(const char *name)
{
    cf_with (pool, cf_thread_pool()) {
        cf_value greeting = cf_result(cf_submit(pool, greet_slowly, name));
        if (!lay_table()) {
            return false;
        }
        say(cf_as_str(greeting));
    }
    return true;
}
