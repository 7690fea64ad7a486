// The second step is a task of its own, by cf_then; on the pool of the first,
// which has a hundred threads.
#include "wrong_executor.h"

int64_t words_of(const char *addresses[], int count)
{
    int64_t words = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 100)) {
        cf_future *pages[MOST_PAGES];
        for (int i = 0; i < count; i++) {
            pages[i] =
                cf_then(cf_submit(pool, download, addresses[i]), count_words);
        }
        for (int i = 0; i < count; i++) {
            if (cf_exception(pages[i]) == NULL) {
                words += cf_as_int(cf_result(pages[i]));
            }
        }
    }
    return words;
}
