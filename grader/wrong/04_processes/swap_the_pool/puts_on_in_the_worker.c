// Each worker puts its label on; the jar is another process's.

#include "swap_the_pool.h"

static cf_value print_and_put_on(cf_value jam)
{
    const cf_value label = print_label(jam);
    put_on(cf_as_str(label));
    return cf_none();
}

void label_jars(const char *jams[], int count)
{
    cf_with (pool, cf_process_pool(.max_workers = MOST_JARS)) {
        for (int i = 0; i < count; i++) {
            (void)cf_submit(pool, print_and_put_on, jams[i]);
        }
    }
}
