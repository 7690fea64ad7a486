// Only one call at a time, says a counter of our own. Try what the explorer
// says: ./workbook explore lessons/10_best_practices/own_limit.c

#include <assert.h>
#include <cfutures.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

static atomic_int on_the_air;

static cf_value call(cf_value station)
{
    // [limit]
    while (on_the_air >= 1) {
        sleep(1);
    }
    on_the_air++;
    // [/limit]
    assert(on_the_air == 1);
    sleep(1);
    on_the_air--;
    return station;
}

int main(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_submit(pool, call, 1);
        cf_submit(pool, call, 2);
    }
    puts("never more than one call at a time");
    return 0;
}
