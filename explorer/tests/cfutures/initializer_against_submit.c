// One of two workers fails to initialize while tasks are submitted: each task
// either runs or is told why not, and whatever comes later is refused.

#include <assert.h>
#include <cfutures.h>
#include <errno.h>
#include <stdatomic.h>

static atomic_int attempts;

static cf_value second_fails(cf_value unused)
{
    (void)unused;
    return atomic_fetch_add(&attempts, 1) == 1 ? cf_fail(EIO, "none left")
                                               : cf_none();
}

static cf_value same(cf_value x)
{
    return x;
}

int main(void)
{
    cf_executor *pool =
        cf_thread_pool(.max_workers = 2, .initializer = second_fails);
    cf_future *first = cf_submit(pool, same, 1);
    cf_future *second = cf_submit(pool, same, 2);
    const cf_error *errors[] = {cf_exception(first), cf_exception(second)};
    for (int i = 0; i < 2; i++) {
        assert(errors[i] == NULL || (errors[i]->code == CF_EBROKEN &&
                                     errors[i]->cause->code == EIO));
    }
    cf_close(pool);
    return 0;
}
