// The contract of exercise 09_pitfalls/wrong_executor: work that waits, and
// work that computes.
//
// A page is downloaded, and then its words are counted. The one is waiting for
// somebody far away, the other needs a processor; a pool that suits the one
// does not suit the other.

#ifndef WRONG_EXECUTOR_H
#define WRONG_EXECUTOR_H

#include <cfutures.h>

enum { MOST_PAGES = 6 };

// Given to you (the tests bring their own):

// How many processors there are for counting, 1 or more.
int processors(void);

// A task: returns the page at an address (both are texts), or an error. It
// waits nearly all the time, and takes no processor for that.
cf_value download(cf_value address);

// A task: returns the number of words of a page. It computes all the time, with
// large tables. More of them at a time than there are processors take longer
// each, and all their memory.
cf_value count_words(cf_value page);

// Written by you. Returns how many words the pages at 0 to MOST_PAGES addresses
// have together. A page that can't be downloaded has none.
//   - All downloads are under way at the same time.
//   - Words are counted by as many tasks at a time as there are processors, as
//     far as there are pages, and never by more.
//   - A page is counted as soon as it is there and a processor is free,
//     whatever the others do.
//   - The caller sleeps while it waits, and counts nothing itself.
// When it returns, every pool that it opened is closed.
int64_t words_of(const char *addresses[], int count);

#endif
