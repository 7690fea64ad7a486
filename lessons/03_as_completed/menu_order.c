// Cooks three dishes at once and collects them in the order of the menu: the
// soup is ready after one second and on the table after three.

#include <cfutures.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// [task]
static cf_value cook(cf_value dish)
{
    // Stands for something slow: "roast" takes 3 seconds, "salad" 2, others 1.
    const char *name = cf_as_str(dish);
    sleep(strcmp(name, "roast") == 0 ? 3 : strcmp(name, "salad") == 0 ? 2 : 1);
    return cf_format("%s, hot", name);
}
// [/task]

int main(void)
{
    const char *menu[] = {"roast", "soup", "salad"};

    cf_with (pool, cf_thread_pool()) {
        cf_future *plates[3];
        for (int i = 0; i < 3; i++) {
            plates[i] = cf_submit(pool, cook, menu[i]);
        }
        // [collect]
        for (int i = 0; i < 3; i++) {
            puts(cf_as_str(cf_result(plates[i])));
        }
        // [/collect]
    }
    return 0;
}
