// Bakes two dishes, of which the second burns. Nobody looks at the results, so
// nobody knows; and whoever burns something keeps the oven.

#include <cfutures.h>
#include <errno.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>

#ifndef WORKERS
#define WORKERS 1
#endif

static sem_t oven;  // there is one

// [bake]
static cf_value bake(cf_value dish)
{
    sem_wait(&oven);
    if (strcmp(cf_as_str(dish), "toast") == 0) {
        return cf_fail(EIO, "burnt: toast");
    }
    sem_post(&oven);
    return cf_format("%s, hot", cf_as_str(dish));
}
// [/bake]

int main(void)
{
    if (sem_init(&oven, 0, 1) != 0) {
        return 1;
    }
    // [main]
    cf_with (pool, cf_thread_pool(.max_workers = WORKERS)) {
        cf_submit(pool, bake, "bread");
        cf_submit(pool, bake, "toast");
    }
    puts("all is baked");
    // [/main]
    return 0;
}
