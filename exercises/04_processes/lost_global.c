// Exercise 04_processes/lost_global. The contract is in lost_global.h; the
// lesson's section "A count that gets lost" has the idea.

#include "lost_global.h"

static int64_t found;

cf_value count_stars(cf_value picture)
{
    // TODO: In which process is this `found`? And what should come back from
    // there?
    for (const char *point = cf_as_str(picture); *point != '\0'; point++) {
        found += is_star(*point);
    }
    return cf_none();
}

int64_t stars_in(const char *pictures[], size_t count)
{
    // TODO: Which number does this return, and why? What could the loop do
    // with what it is given?
    cf_with (pool, cf_process_pool(.max_workers = WORKERS)) {
        cf_for (nothing, cf_map(pool, count_stars, pictures, count)) {
            (void)nothing;
        }
    }
    return found;
}
