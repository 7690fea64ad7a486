// Solution of 01_submit/hello.

#include "hello.h"

bool hello_by_hand(const char *name)
{
    cf_executor *pool = cf_thread_pool();
    cf_future *greeting = cf_submit(pool, greet_slowly, name);

    // The table is laid between submit and result: cf_submit has returned at
    // once, so this goes on beside the task. Tempting, and slow: to write
    // cf_result(cf_submit(...)) in one line and lay the table afterwards.
    bool is_chair_free = lay_table();
    if (is_chair_free) {
        // Before cf_close: the text belongs to the future, and the future
        // goes away with the pool.
        say(cf_as_str(cf_result(greeting)));
    }

    // One way out, one cf_close. With a `return false` further up there
    // would have to be a second one, and that is the one people forget.
    cf_close(pool);
    return is_chair_free;
}

bool hello_in_a_block(const char *name)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *greeting = cf_submit(pool, greet_slowly, name);
        if (!lay_table()) {
            return false;  // closes the pool, as every way out does
        }
        say(cf_as_str(cf_result(greeting)));
    }
    return true;
}
