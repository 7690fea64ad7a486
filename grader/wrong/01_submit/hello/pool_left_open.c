// By hand, the early return forgets the pool. In the block, nobody can.

#include "hello.h"

bool hello_by_hand(const char *name)
{
    cf_executor *pool = cf_thread_pool();
    cf_future *greeting = cf_submit(pool, greet_slowly, name);
    if (!lay_table()) {
        return false;
    }
    say(cf_as_str(cf_result(greeting)));
    cf_close(pool);
    return true;
}

bool hello_in_a_block(const char *name)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *greeting = cf_submit(pool, greet_slowly, name);
        if (!lay_table()) {
            return false;
        }
        say(cf_as_str(cf_result(greeting)));
    }
    return true;
}
