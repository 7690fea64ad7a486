// Cooks three jams at once. Whichever is ready first, the labels come in the
// order of the fruits.

#include <cfutures.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// [task]
static cf_value cook(cf_value fruit)
{
    const char *name = cf_as_str(fruit);
    sleep(strlen(name) > 5 ? 2 : 1);  // stands for something slow
    return cf_format("jam of %s", name);
}
// [/task]

int main(void)
{
    // [main]
    const char *fruits[] = {"quince", "fig", "apple"};
    cf_with (pool, cf_thread_pool()) {
        cf_for (label, cf_map(pool, cook, fruits, 3)) {
            puts(cf_as_str(label));
        }
    }
    // [/main]
    return 0;
}
