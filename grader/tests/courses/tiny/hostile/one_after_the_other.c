#include "together.h"

void visit_both(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_result(cf_submit(pool, visit, 1));
        cf_result(cf_submit(pool, visit, 2));
    }
}
