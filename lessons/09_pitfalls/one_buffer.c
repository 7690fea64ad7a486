// Two tasks use a function that keeps its answer in one place for all, as
// strtok, localtime and many a library do.

#include <cfutures.h>
#include <stdio.h>

#ifndef WORKERS
#define WORKERS 1
#endif

// [label]
static const char *label(int64_t table)
{
    static char text[16];
    snprintf(text, sizeof text, "table %lld", (long long)table);
    return text;
}

static cf_value write_label(cf_value table)
{
    return cf_format("%s", label(cf_as_int(table)));
}
// [/label]

int main(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = WORKERS)) {
        cf_future *one = cf_submit(pool, write_label, 1);
        cf_future *two = cf_submit(pool, write_label, 2);
        puts(cf_as_str(cf_result(one)));
        puts(cf_as_str(cf_result(two)));
    }
    return 0;
}
