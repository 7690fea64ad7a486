// Two callbacks on one future: one is registered before the page is there, the
// other afterwards. Each tells on which thread it is called.

#include <cfutures.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static pthread_t main_thread;

static cf_value fetch(cf_value id)
{
    sleep(1);
    return cf_format("page %lld", (long long)cf_as_int(id));
}

// [tell]
static void tell(cf_future *page, cf_value when)
{
    const bool is_main = pthread_equal(pthread_self(), main_thread) != 0;
    printf("%s: %s, told by %s\n", cf_as_str(when), cf_as_str(cf_result(page)),
           is_main ? "main" : "a worker");
}
// [/tell]

int main(void)
{
    main_thread = pthread_self();
    // [main]
    cf_with (pool, cf_thread_pool()) {
        cf_future *page = cf_submit(pool, fetch, 42);
        cf_on_done(page, tell, "early");
        puts("registered");
        cf_result(page);
        cf_on_done(page, tell, "late");
    }
    // [/main]
    return 0;
}
