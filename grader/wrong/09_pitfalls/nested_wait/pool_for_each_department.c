// Opens a pool for the shelves of each department, to be sure that somebody
// counts them.

#include "nested_wait.h"

cf_value count_department(cf_value department)
{
    const struct place place = cf_as_struct(department, struct place);
    struct shop *shop = place.shop;

    cf_value result = cf_none();
    int articles = 0;
    cf_with (pool, cf_thread_pool(.max_workers = SHELVES)) {
        cf_future *shelves[SHELVES];
        for (int i = 0; i < SHELVES; i++) {
            const struct place shelf = {shop, SHELVES * place.number + i};
            shelves[i] = cf_submit(pool, count_shelf, cf_struct(shelf));
        }
        for (int i = 0; i < SHELVES; i++) {
            const cf_value counted = cf_result(shelves[i]);
            if (cf_failed(counted)) {
                result = cf_copy(counted);
            } else {
                articles += (int)cf_as_int(counted);
            }
        }
    }
    if (cf_failed(result)) {
        return result;
    }

    pthread_mutex_lock(&shop->lock);
    shop->articles += articles;
    shop->departments++;
    pthread_mutex_unlock(&shop->lock);
    return cf_int(articles);
}
