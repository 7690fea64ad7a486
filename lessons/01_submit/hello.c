// Greets one guest on a pool: ask now, collect when you need it.

#include <cfutures.h>
#include <stdio.h>
#include <unistd.h>

// [task]
static cf_value greet_slowly(cf_value name)
{
    sleep(1);  // stands for something slow: a network, a disk, a person
    return cf_format("Hello, %s!", cf_as_str(name));
}
// [/task]

int main(void)
{
    // [main]
    cf_with (pool, cf_thread_pool()) {
        cf_future *greeting = cf_submit(pool, greet_slowly, "C");
        puts("submitted");
        puts(cf_as_str(cf_result(greeting)));
    }
    // [/main]
    return 0;
}
