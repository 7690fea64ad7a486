// Waits for two dishes, but not longer than 2.5 seconds. The roast is too late;
// it is cooked all the same, and the end of the block waits for it.

#include <cfutures.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static cf_value cook(cf_value dish)
{
    const char *name = cf_as_str(dish);
    sleep(strcmp(name, "roast") == 0 ? 5 : 1);
    return cf_format("%s, hot", name);
}

int main(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *plates[] = {cf_submit(pool, cook, "roast"),
                               cf_submit(pool, cook, "soup")};
        // [loop]
        cf_completed *ready = cf_as_completed(plates, 2, 2.5);
        cf_future *plate;
        while ((plate = cf_next_completed(ready)) != NULL) {
            puts(cf_as_str(cf_result(plate)));
        }
        puts("no more time");
        cf_completed_close(ready);
        puts(cf_cancel(plates[0]) ? "taken back" : "still cooking");
        // [/loop]
    }
    puts("closed");
    return 0;
}
