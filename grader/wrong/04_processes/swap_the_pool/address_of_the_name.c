// Sends the address of each name; no pointer goes to another process.

#include "swap_the_pool.h"

static cf_value print_what_lies_there(cf_value name)
{
    return print_label(cf_str(cf_as_ptr(name)));
}

void label_jars(const char *jams[], int count)
{
    cf_with (pool, cf_process_pool(.max_workers = MOST_JARS)) {
        cf_future *labels[MOST_JARS];
        for (int i = 0; i < count; i++) {
            labels[i] = cf_submit(pool, print_what_lies_there, cf_ptr(jams[i]));
        }
        for (int i = 0; i < count; i++) {
            if (cf_exception(labels[i]) == NULL) {
                put_on(cf_as_str(cf_result(labels[i])));
            }
        }
    }
}
