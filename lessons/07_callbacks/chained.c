// Fetch, process and save as a chain, for two items. The second cannot be
// fetched: its error skips two steps and arrives at the end.

#include <cfutures.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static cf_value fetch(cf_value id)
{
    sleep(1);
    if (cf_as_int(id) == 13) {
        return cf_fail(ENOENT, "no item 13");
    }
    return cf_format("page %lld", (long long)cf_as_int(id));
}

static cf_value process(cf_value page)
{
    printf("process: %s\n", cf_as_str(page));
    return cf_format("report on %s", cf_as_str(page));
}

static cf_value save(cf_value report)
{
    printf("save: %s\n", cf_as_str(report));
    return cf_format("saved %s", cf_as_str(report));
}

static void show(cf_future *receipt)
{
    const cf_error *error = cf_exception(receipt);
    puts(error == NULL ? cf_as_str(cf_result(receipt)) : error->message);
}

int main(void)
{
    cf_with (pool, cf_thread_pool()) {
        // [chain]
        cf_future *page = cf_submit(pool, fetch, 42);
        cf_future *report = cf_then(page, process);
        cf_future *receipt = cf_then(report, save);
        // [/chain]
        show(receipt);
        // [bad]
        cf_future *bad = cf_submit(pool, fetch, 13);
        show(cf_then(cf_then(bad, process), save));
        // [/bad]
    }
    return 0;
}
