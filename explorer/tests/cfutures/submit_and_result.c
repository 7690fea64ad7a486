// Two workers, two tasks: whoever is asked first, each result is its own.

#include <assert.h>
#include <cfutures.h>

static cf_value square(cf_value x)
{
    return cf_int(cf_as_int(x) * cf_as_int(x));
}

int main(void)
{
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_future *two = cf_submit(pool, square, 2);
    cf_future *three = cf_submit(pool, square, 3);
    assert(cf_as_int(cf_result(three)) == 9);
    assert(cf_as_int(cf_result(two)) == 4);
    cf_close(pool);
    return 0;
}
