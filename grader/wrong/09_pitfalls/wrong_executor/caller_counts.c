// The caller counts the words of what is there, one page after another.
#include "wrong_executor.h"

int64_t words_of(const char *addresses[], int count)
{
    int64_t words = 0;
    cf_with (waiting, cf_thread_pool(.max_workers = MOST_PAGES)) {
        cf_future *pages[MOST_PAGES];
        for (int i = 0; i < count; i++) {
            pages[i] = cf_submit(waiting, download, addresses[i]);
        }
        cf_for_completed (page, pages, (size_t)count) {
            if (cf_exception(page) == NULL) {
                words += cf_as_int(count_words(cf_result(page)));
            }
        }
    }
    return words;
}
