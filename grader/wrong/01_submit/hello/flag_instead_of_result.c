// Notes in a variable of its own whether a greeting has been made, and looks
// there beside the task instead of asking the future.

#include "hello.h"

static bool is_greeted;

static cf_value greet_and_note(cf_value name)
{
    cf_value greeting = greet_slowly(name);
    is_greeted = true;
    return greeting;
}

bool hello_by_hand(const char *name)
{
    is_greeted = false;
    cf_executor *pool = cf_thread_pool();
    cf_future *greeting = cf_submit(pool, greet_and_note, name);
    bool is_chair_free = lay_table();
    if (is_chair_free || is_greeted) {
        cf_value result = cf_result(greeting);
        if (is_chair_free) {
            say(cf_as_str(result));
        }
    }
    cf_close(pool);
    return is_chair_free;
}

bool hello_in_a_block(const char *name)
{
    is_greeted = false;
    cf_with (pool, cf_thread_pool()) {
        cf_future *greeting = cf_submit(pool, greet_and_note, name);
        if (!lay_table() && !is_greeted) {
            return false;
        }
        say(cf_as_str(cf_result(greeting)));
    }
    return true;
}
