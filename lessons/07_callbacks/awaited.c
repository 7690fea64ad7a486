// Two steps, the second begun by a callback of the first. The end is a promise,
// which the last callback sets and the main thread waits for.

#include <cfutures.h>
#include <stdio.h>
#include <unistd.h>

// [item]
struct item {
    cf_executor *pool;
    cf_future *end;  // a promise
};
// [/item]

static cf_value fetch(cf_value id)
{
    sleep(1);
    return cf_format("page %lld", (long long)cf_as_int(id));
}

static cf_value process(cf_value page)
{
    return cf_format("report on %s", cf_as_str(page));
}

// [callbacks]
static void on_processed(cf_future *report, cf_value context)
{
    const struct item item = cf_as_struct(context, struct item);
    cf_set_result(item.end, cf_result(report));
}

static void on_fetched(cf_future *page, cf_value context)
{
    const struct item item = cf_as_struct(context, struct item);
    cf_future *report = cf_submit(item.pool, process, cf_result(page));
    cf_on_done(report, on_processed, context);
}
// [/callbacks]

int main(void)
{
    // [main]
    cf_with (pool, cf_thread_pool()) {
        const struct item item = {pool, cf_promise(pool)};
        cf_on_done(cf_submit(pool, fetch, 42), on_fetched, cf_struct(item));
        puts(cf_as_str(cf_result(item.end)));
    }
    // [/main]
    return 0;
}
