// Exercise 09_pitfalls/nested_wait. The contract is in nested_wait.h. Run the
// check, and look at what it shows you, before you change a line.

#include "nested_wait.h"

cf_value count_department(cf_value department)
{
    const struct place place = cf_as_struct(department, struct place);
    struct shop *shop = place.shop;

    // So that nobody sees a part of a department.
    // TODO: Who else needs this lock, and where is this thread by then?
    pthread_mutex_lock(&shop->lock);

    cf_future *shelves[SHELVES];
    for (int i = 0; i < SHELVES; i++) {
        const struct place shelf = {shop, SHELVES * place.number + i};
        shelves[i] = cf_submit(shop->pool, count_shelf, cf_struct(shelf));
    }

    int articles = 0;
    for (int i = 0; i < SHELVES; i++) {
        const cf_value counted = cf_result(shelves[i]);
        if (cf_failed(counted)) {
            pthread_mutex_unlock(&shop->lock);
            return counted;
        }
        articles += (int)cf_as_int(counted);
    }

    shop->articles += articles;
    shop->departments++;
    pthread_mutex_unlock(&shop->lock);
    return cf_int(articles);
}
