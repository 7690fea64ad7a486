// Greets three guests and takes three seconds, although it uses a pool: it
// waits for each guest before it submits the next.

#include <cfutures.h>
#include <stdio.h>
#include <unistd.h>

static cf_value greet_slowly(cf_value name)
{
    sleep(1);
    return cf_format("Hello, %s!", cf_as_str(name));
}

int main(void)
{
    const char *guests[] = {"Ada", "Grace", "Alan"};

    cf_with (pool, cf_thread_pool()) {
        // [loop]
        for (int i = 0; i < 3; i++) {
            printf("submit %s\n", guests[i]);
            cf_future *greeting = cf_submit(pool, greet_slowly, guests[i]);
            puts(cf_as_str(cf_result(greeting)));
        }
        // [/loop]
    }
    return 0;
}
