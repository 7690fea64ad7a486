// Greets three guests in one second: submits all, then collects.

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
        // [loops]
        cf_future *greetings[3];
        for (int i = 0; i < 3; i++) {
            printf("submit %s\n", guests[i]);
            greetings[i] = cf_submit(pool, greet_slowly, guests[i]);
        }
        for (int i = 0; i < 3; i++) {
            puts(cf_as_str(cf_result(greetings[i])));
        }
        // [/loops]
    }
    return 0;
}
