// Sleeps for three seconds, since the steps take one. Try what the explorer
// says: ./workbook explore lessons/07_callbacks/slept.c

#include <assert.h>
#include <cfutures.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

struct item {
    cf_executor *pool;
};

static atomic_bool is_processed;

static cf_value fetch(cf_value id)
{
    sleep(1);
    return cf_format("page %lld", (long long)cf_as_int(id));
}

static cf_value process(cf_value page)
{
    is_processed = true;
    return page;
}

static void on_fetched(cf_future *page, cf_value context)
{
    const struct item item = cf_as_struct(context, struct item);
    cf_submit(item.pool, process, cf_result(page));
}

int main(void)
{
    cf_with (pool, cf_thread_pool()) {
        const struct item item = {pool};
        cf_on_done(cf_submit(pool, fetch, 42), on_fetched, cf_struct(item));
        // [sleep]
        sleep(3);  // "by then it is done"
        // [/sleep]
    }
    assert(is_processed);
    puts("processed");
    return 0;
}
