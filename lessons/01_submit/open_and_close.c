// The same as hello.c without cf_with: the pool is closed by hand.

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
    // [main]
    cf_executor *pool = cf_thread_pool();
    cf_future *greeting = cf_submit(pool, greet_slowly, "C");
    puts("submitted");
    puts(cf_as_str(cf_result(greeting)));
    cf_close(pool);  // waits for every task, then frees pool and futures
    // [/main]
    return 0;
}
