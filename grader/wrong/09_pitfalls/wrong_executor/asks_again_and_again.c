// Goes round and asks each download whether it is done.
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
                pages[i] = cf_submit(waiting, download, addresses[i]);
            }
            bool is_seen[MOST_PAGES] = {false};
            int left = count;
            while (left > 0) {
                for (int i = 0; i < count; i++) {
                    if (is_seen[i] || !cf_done(pages[i])) {
                        continue;
                    }
                    is_seen[i] = true;
                    left--;
                    if (cf_exception(pages[i]) == NULL) {
                        counts[counted++] = cf_submit(computing, count_words,
                                                      cf_result(pages[i]));
                    }
                }
            }
            for (int i = 0; i < counted; i++) {
                words += cf_as_int(cf_result(counts[i]));
            }
        }
    }
    return words;
}
