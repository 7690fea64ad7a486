// Solution of 09_pitfalls/wrong_executor.

#include "wrong_executor.h"

int64_t words_of(const char *addresses[], int count)
{
    int64_t words = 0;
    // Workers that wait cost little: one for each download. Tempting: one pool
    // of a hundred for everything, which would count six pages at once on two
    // processors; or one of processors(), in which downloads queue.
    cf_with (waiting, cf_thread_pool(.max_workers = MOST_PAGES)) {
        cf_with (computing, cf_thread_pool(.max_workers = processors())) {
            cf_future *pages[MOST_PAGES];
            cf_future *counts[MOST_PAGES];
            int counted = 0;
            for (int i = 0; i < count; i++) {
                pages[i] = cf_submit(waiting, download, addresses[i]);
            }
            // A page goes on as soon as it is there. Tempting: a loop over i,
            // in which a slow page keeps those behind it from being counted; or
            // cf_then, whose task runs on the pool of the download.
            cf_for_completed (page, pages, (size_t)count) {
                if (cf_exception(page) == NULL) {
                    counts[counted++] =
                        cf_submit(computing, count_words, cf_result(page));
                }
            }
            for (int i = 0; i < counted; i++) {
                words += cf_as_int(cf_result(counts[i]));
            }
        }
    }
    return words;
}
