// Writes down in which order things happen, and claims that CANNOT is none of
// the possible orders. The explorer tries to prove it wrong.

#include <assert.h>
#include <cfutures.h>
#include <stdatomic.h>
#include <string.h>

#ifndef CANNOT
#define CANNOT "LEM"
#endif

static char order[4];
static atomic_int letters;

static void write_down(char letter)
{
    order[atomic_fetch_add(&letters, 1)] = letter;
}

static cf_value itself(cf_value arg)
{
    return arg;
}

static void called(cf_future *future, cf_value letter)
{
    (void)future;
    write_down(cf_as_str(letter)[0]);
}

int main(void)
{
    // [main]
    cf_with (pool, cf_thread_pool()) {
        cf_future *page = cf_submit(pool, itself, 42);
        cf_on_done(page, called, "E");
        write_down('M');
        cf_result(page);
        cf_on_done(page, called, "L");
    }
    // [/main]
    assert(strcmp(order, CANNOT) != 0);
    return 0;
}
