// The counting tasks wait for the downloads. The pool starts spare threads in
// the place of those that wait, and when all pages are there, all of them
// count.

#include "wrong_executor.h"

static cf_value count_page(cf_value future)
{
    const cf_value page = cf_result(cf_as_ptr(future));
    return cf_failed(page) ? page : count_words(page);
}

int64_t words_of(const char *addresses[], int count)
{
    int64_t words = 0;
    cf_with (waiting, cf_thread_pool(.max_workers = MOST_PAGES)) {
        cf_with (computing, cf_thread_pool(.max_workers = processors())) {
            cf_future *counts[MOST_PAGES];
            for (int i = 0; i < count; i++) {
                cf_future *page = cf_submit(waiting, download, addresses[i]);
                counts[i] = cf_submit(computing, count_page, cf_ptr(page));
            }
            for (int i = 0; i < count; i++) {
                if (cf_exception(counts[i]) == NULL) {
                    words += cf_as_int(cf_result(counts[i]));
                }
            }
        }
    }
    return words;
}
