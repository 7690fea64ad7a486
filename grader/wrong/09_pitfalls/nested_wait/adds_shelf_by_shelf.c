// Adds each shelf to the shop as soon as it is counted.

#include "nested_wait.h"

cf_value count_department(cf_value department)
{
    const struct place place = cf_as_struct(department, struct place);
    struct shop *shop = place.shop;

    cf_future *shelves[SHELVES];
    for (int i = 0; i < SHELVES; i++) {
        const struct place shelf = {shop, SHELVES * place.number + i};
        shelves[i] = cf_submit(shop->pool, count_shelf, cf_struct(shelf));
    }

    int articles = 0;
    for (int i = 0; i < SHELVES; i++) {
        const cf_value counted = cf_result(shelves[i]);
        if (cf_failed(counted)) {
            return counted;
        }
        articles += (int)cf_as_int(counted);
        pthread_mutex_lock(&shop->lock);
        shop->articles += (int)cf_as_int(counted);
        pthread_mutex_unlock(&shop->lock);
    }

    pthread_mutex_lock(&shop->lock);
    shop->departments++;
    pthread_mutex_unlock(&shop->lock);
    return cf_int(articles);
}
