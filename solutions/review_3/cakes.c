// Solution of review_3/cakes.

#include "cakes.h"

// One thread counts and shows, and it is none that bakes. So there is nothing
// to lock, no order to go wrong, and no oven that waits for the board.
// Tempting: to mend the callback. With the number taken under the lock, two
// callbacks may still show theirs in the wrong order; with show under it as
// well, the order is right, and ovens stand still until the board has been
// written.
int bake_all(int count)
{
    int weight = 0;
    cf_with (pool, cf_thread_pool(.max_workers = OVENS)) {
        cf_future *cakes[MOST_CAKES];
        for (int i = 0; i < count; i++) {
            cakes[i] = cf_submit(pool, bake, i);
        }

        int over = 0;
        cf_for_completed (cake, cakes, (size_t)count) {
            over++;
            show(over, count);
            if (cf_exception(cake) == NULL) {
                weight += (int)cf_as_int(cf_result(cake));
            }
        }
    }
    return weight;
}
