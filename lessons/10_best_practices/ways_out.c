// Two functions with two ways out, and what each leaves open. The counts come
// from cfutures_testing.h, which is made for tests: a program can't see them.

#include <cfutures.h>
#include <cfutures_testing.h>
#include <stdio.h>

static cf_value greet(cf_value guest)
{
    return cf_format("Hello, %s!", cf_as_str(guest));
}

// [by_hand]
static int by_hand(const char *guest)
{
    cf_executor *pool = cf_thread_pool();
    if (guest == NULL) {
        return 0;
    }
    puts(cf_as_str(cf_result(cf_submit(pool, greet, guest))));
    cf_close(pool);
    return 1;
}
// [/by_hand]

static int by_block(const char *guest)
{
    cf_with (pool, cf_thread_pool()) {
        if (guest == NULL) {
            return 0;
        }
        puts(cf_as_str(cf_result(cf_submit(pool, greet, guest))));
    }
    return 1;
}

static void try_out(const char *name, int (*welcome)(const char *guest))
{
    cf_test_begin(NULL, NULL);
    welcome("Ada");
    welcome(NULL);
    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    cf_test_end();
    printf("%s: %zu pools opened, %zu still open\n", name, now.executors_opened,
           now.executors_open);
}

int main(void)
{
    try_out("by block", by_block);
    try_out("by hand", by_hand);
    return 0;
}
