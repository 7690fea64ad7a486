// Hands each task the address of the same variable.

#include <cfutures.h>
#include <stdio.h>

static cf_value greet(cf_value guest)
{
    const int *number = cf_as_ptr(guest);
    return cf_format("hello, guest %d", *number);
}

int main(void)
{
    // [main]
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *greetings[3];
        int guest = 0;
        while (guest < 3) {
            greetings[guest] = cf_submit(pool, greet, cf_ptr(&guest));
            guest++;
        }
        for (int i = 0; i < 3; i++) {
            puts(cf_as_str(cf_result(greetings[i])));
        }
    }
    // [/main]
    return 0;
}
