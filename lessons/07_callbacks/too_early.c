// The block ends while the first step is under way. Its callback submits the
// second, to a pool that takes no more tasks.

#include <cfutures.h>
#include <stdio.h>
#include <unistd.h>

struct item {
    cf_executor *pool;
};

static cf_value fetch(cf_value id)
{
    sleep(1);
    return cf_format("page %lld", (long long)cf_as_int(id));
}

static cf_value process(cf_value page)
{
    return cf_format("report on %s", cf_as_str(page));
}

static void on_processed(cf_future *report, cf_value unused)
{
    (void)unused;
    const cf_error *error = cf_exception(report);
    puts(error == NULL ? cf_as_str(cf_result(report)) : error->message);
}

static void on_fetched(cf_future *page, cf_value context)
{
    const struct item item = cf_as_struct(context, struct item);
    puts("fetched");
    cf_future *report = cf_submit(item.pool, process, cf_result(page));
    cf_on_done(report, on_processed, cf_none());
}

int main(void)
{
    cf_with (pool, cf_thread_pool()) {
        const struct item item = {pool};
        cf_on_done(cf_submit(pool, fetch, 42), on_fetched, cf_struct(item));
        puts("the block ends");
    }
    puts("the pool is closed");
    return 0;
}
