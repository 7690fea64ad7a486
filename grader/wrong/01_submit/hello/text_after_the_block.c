// Takes the text out of the block and says it when the pool, and with it the
// future that owned the text, is gone.

#include "hello.h"

#include <stddef.h>

bool hello_by_hand(const char *name)
{
    cf_executor *pool = cf_thread_pool();
    cf_future *greeting = cf_submit(pool, greet_slowly, name);
    bool is_chair_free = lay_table();
    if (is_chair_free) {
        say(cf_as_str(cf_result(greeting)));
    }
    cf_close(pool);
    return is_chair_free;
}

bool hello_in_a_block(const char *name)
{
    bool is_chair_free = false;
    const char *text = NULL;
    cf_with (pool, cf_thread_pool()) {
        cf_future *greeting = cf_submit(pool, greet_slowly, name);
        is_chair_free = lay_table();
        text = cf_as_str(cf_result(greeting));
    }
    if (is_chair_free) {
        say(text);
    }
    return is_chair_free;
}
