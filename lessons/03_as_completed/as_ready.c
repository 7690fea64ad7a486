// The same three dishes, each collected when it is ready.

#include <cfutures.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static cf_value cook(cf_value dish)
{
    const char *name = cf_as_str(dish);
    sleep(strcmp(name, "roast") == 0 ? 3 : strcmp(name, "salad") == 0 ? 2 : 1);
    return cf_format("%s, hot", name);
}

int main(void)
{
    const char *menu[] = {"roast", "soup", "salad"};

    cf_with (pool, cf_thread_pool()) {
        cf_future *plates[3];
        for (int i = 0; i < 3; i++) {
            plates[i] = cf_submit(pool, cook, menu[i]);
        }
        // [collect]
        cf_for_completed (plate, plates, 3) {
            puts(cf_as_str(cf_result(plate)));
        }
        // [/collect]
    }
    return 0;
}
