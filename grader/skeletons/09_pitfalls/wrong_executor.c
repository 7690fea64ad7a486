// Exercise 09_pitfalls/wrong_executor. The contract is in wrong_executor.h.
//
// This compiles, and gets every word. Run ./workbook check before you change
// anything, and look at what the workers do, second by second.

#include "wrong_executor.h"

// A task: both steps of one page.
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
    // TODO: How many workers does each of the two steps need, and why is there
    // no number that suits both? Who hands a page from the one to the other?
    cf_with (pool, cf_thread_pool(.max_workers = processors())) {
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
