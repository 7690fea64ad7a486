// Calls greet_slowly and submits what it returned... to nobody: the pool has
// nothing to do, and the caller does the slow work itself.

#include "hello.h"

bool hello_by_hand(const char *name)
{
    cf_executor *pool = cf_thread_pool();
    cf_value greeting = greet_slowly(cf_str(name));
    bool is_chair_free = lay_table();
    if (is_chair_free) {
        say(cf_as_str(greeting));
    }
    cf_free(greeting);
    cf_close(pool);
    return is_chair_free;
}

bool hello_in_a_block(const char *name)
{
    bool is_chair_free = false;
    cf_with (pool, cf_thread_pool()) {
        cf_value greeting = greet_slowly(cf_str(name));
        is_chair_free = lay_table();
        if (is_chair_free) {
            say(cf_as_str(greeting));
        }
        cf_free(greeting);
    }
    return is_chair_free;
}
