// One large pool, and a lock around what computes: one page at a time, whatever
// processors there are.
#include "wrong_executor.h"

#include <pthread.h>

static pthread_mutex_t desk = PTHREAD_MUTEX_INITIALIZER;

static cf_value words_at(cf_value address)
{
    const cf_value page = download(address);
    if (cf_failed(page)) {
        return page;
    }
    pthread_mutex_lock(&desk);
    const cf_value words = count_words(page);
    pthread_mutex_unlock(&desk);
    return words;
}

int64_t words_of(const char *addresses[], int count)
{
    int64_t words = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 100)) {
        cf_future *pages[MOST_PAGES];
        for (int i = 0; i < count; i++) {
            pages[i] = cf_submit(pool, words_at, addresses[i]);
        }
        for (int i = 0; i < count; i++) {
            if (cf_exception(pages[i]) == NULL) {
                words += cf_as_int(cf_result(pages[i]));
            }
        }
    }
    return words;
}
