// The contract of exercise 08_progress/map_with_progress: how far is it?
//
// A map that says how far it is. Progress follows whatever is done next; the
// results lie in the order of the items.

#ifndef MAP_WITH_PROGRESS_H
#define MAP_WITH_PROGRESS_H

#include <cfutures.h>

enum { MOST_ITEMS = 50 };

// Given to you (the tests bring their own):

// Shows that `done` of `total` items are done, as a bar perhaps. There is one
// screen, so only the thread that called map_with_progress may call this.
void show_progress(int done, int total);

// Written by you. Runs task(items[i]) on `pool` for each of 0 to MOST_ITEMS
// items:
//   - `pool` is the caller's, of any kind and size, and stays open: so no
//     cf_with around it. (cf_executor * is what cf_thread_pool returns; cf_task
//     is any function that can be a task.)
//   - all items are submitted before you wait for the first;
//   - as soon as an item is done, whichever it is, shows how many are: first 1,
//     then 2, and `count` at last. What has failed is done, too;
//   - waits without asking "done yet?" again and again;
//   - at the end results[i] is what task(items[i]) returned, result or error.
//     They are what cf_result gives, and live as long as the caller's pool.
// Returns how many items failed.
int map_with_progress(cf_executor *pool, cf_task task, const int items[],
                      int count, cf_value results[]);

#endif
