// Two pools, and each gets the work of the other.
#include "wrong_executor.h"

int64_t words_of(const char *addresses[], int count)
{
    int64_t words = 0;
    cf_with (waiting, cf_thread_pool(.max_workers = MOST_PAGES)) {
        cf_with (computing, cf_thread_pool(.max_workers = processors())) {
            cf_future *pages[MOST_PAGES];
            cf_future *counts[MOST_PAGES];
            int counted = 0;
            for (int i = 0; i < count; i++) {
                pages[i] = cf_submit(computing, download, addresses[i]);
            }
            cf_for_completed (page, pages, (size_t)count) {
                if (cf_exception(page) == NULL) {
                    counts[counted++] =
                        cf_submit(waiting, count_words, cf_result(page));
                }
            }
            for (int i = 0; i < counted; i++) {
                words += cf_as_int(cf_result(counts[i]));
            }
        }
    }
    return words;
}
