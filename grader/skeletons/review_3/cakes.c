// Exercise review_3/cakes. The contract is in cakes.h. Run the check, and read
// its table step by step, before you change a line.

#include "cakes.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int over;  // guarded by lock

// TODO: On which threads may this run, and how many of them at once? Which of
// its lines read what another thread may be changing? And if you mend that one:
// what puts the calls of show in order, and who works while show takes its
// time?
static void count_one(cf_future *cake, cf_value all)
{
    (void)cake;
    pthread_mutex_lock(&lock);
    over++;
    pthread_mutex_unlock(&lock);
    show(over, (int)cf_as_int(all));
}

int bake_all(int count)
{
    int weight = 0;
    over = 0;
    cf_with (pool, cf_thread_pool(.max_workers = OVENS)) {
        cf_future *cakes[MOST_CAKES];
        for (int i = 0; i < count; i++) {
            cakes[i] = cf_submit(pool, bake, i);
            cf_on_done(cakes[i], count_one, count);
        }
        for (int i = 0; i < count; i++) {
            if (cf_exception(cakes[i]) == NULL) {
                weight += (int)cf_as_int(cf_result(cakes[i]));
            }
        }
    }
    return weight;
}
