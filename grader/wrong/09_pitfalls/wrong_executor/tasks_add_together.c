// All counting tasks add to one variable that nothing guards.
#include "wrong_executor.h"

static int64_t words;

static cf_value count_and_add(cf_value page)
{
    words += cf_as_int(count_words(page));
    return cf_none();
}

int64_t words_of(const char *addresses[], int count)
{
    words = 0;
    cf_with (waiting, cf_thread_pool(.max_workers = MOST_PAGES)) {
        cf_with (computing, cf_thread_pool(.max_workers = processors())) {
            cf_future *pages[MOST_PAGES];
            cf_future *counts[MOST_PAGES];
            int counted = 0;
            for (int i = 0; i < count; i++) {
                pages[i] = cf_submit(waiting, download, addresses[i]);
            }
            cf_for_completed (page, pages, (size_t)count) {
                if (cf_exception(page) == NULL) {
                    counts[counted++] =
                        cf_submit(computing, count_and_add, cf_result(page));
                }
            }
            cf_wait(counts, (size_t)counted, CF_ALL_COMPLETED, CF_FOREVER);
        }
    }
    return words;
}
