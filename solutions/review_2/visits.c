// Solution of review_2/visits.

#include "visits.h"

int visit_all(const char *names[], int count)
{
    int opened = 0;
    cf_executor *pool = cf_thread_pool(.max_workers = MOST_DOORS);
    cf_future *visits[MOST_DOORS];
    for (int i = 0; i < count; i++) {
        visits[i] = cf_submit(pool, ring, names[i]);
    }
    for (int i = 0; i < count; i++) {
        const cf_error *error = cf_exception(visits[i]);
        if (error != NULL) {
            // No break: the other doors are rung at, and what is said there
            // is good.
            note(error->message);
        } else {
            say(cf_as_str(cf_result(visits[i])));
            opened++;
        }
    }
    // Tempting: to close the pool as soon as nothing more is submitted. It owns
    // the futures, and they own the texts.
    cf_close(pool);
    return opened;
}
