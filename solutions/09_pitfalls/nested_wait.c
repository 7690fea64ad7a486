// Solution of 09_pitfalls/nested_wait.

#include "nested_wait.h"

cf_value count_department(cf_value department)
{
    const struct place place = cf_as_struct(department, struct place);
    struct shop *shop = place.shop;

    // All shelves are handed in before the first is waited for. Tempting: to
    // call count_shelf here, which waits for nobody, and counts one shelf after
    // another.
    cf_future *shelves[SHELVES];
    for (int i = 0; i < SHELVES; i++) {
        const struct place shelf = {shop, SHELVES * place.number + i};
        shelves[i] = cf_submit(shop->pool, count_shelf, cf_struct(shelf));
    }

    // Waits with empty hands. A shelf needs the shop's lock, and where it is
    // counted is not ours to say: on another worker, or right here, inside of
    // cf_result. Either would wait for a lock that we give back afterwards.
    int articles = 0;
    for (int i = 0; i < SHELVES; i++) {
        const cf_value counted = cf_result(shelves[i]);
        if (cf_failed(counted)) {
            return counted;
        }
        articles += (int)cf_as_int(counted);
    }

    // What others may see changes here, in one step, and nothing is waited for.
    // Tempting: to add each shelf as soon as it is counted; then others see a
    // part of a department, and an error leaves it there.
    pthread_mutex_lock(&shop->lock);
    shop->articles += articles;
    shop->departments++;
    pthread_mutex_unlock(&shop->lock);
    return cf_int(articles);
}
