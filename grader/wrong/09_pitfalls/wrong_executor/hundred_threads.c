// One pool, with threads enough for anything.
#include "wrong_executor.h"

static cf_value words_at(cf_value address)
{
    const cf_value page = download(address);
    if (cf_failed(page)) {
        return page;
    }
    return count_words(page);
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
