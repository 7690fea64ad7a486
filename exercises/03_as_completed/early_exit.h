// The contract of exercise 03_as_completed/early_exit: the first good answer is
// enough.
//
// A spice is missing. You phone the shops, two at a time, until one has it.

#ifndef EARLY_EXIT_H
#define EARLY_EXIT_H

#include <cfutures.h>
#include <stdbool.h>
#include <stddef.h>

enum { MOST_SHOPS = 6, LINES = 2 };

// Given to you (the tests bring their own):

// A task, and a slow one: phones the shop of this name. Returns its answer, a
// text, or an error if it hasn't got the spice.
cf_value ask(cf_value shop);

// Tells the kitchen. It reads the text during the call and not later.
void tell(const char *answer);

// Written by you. Asks 0 to MOST_SHOPS shops until one has the spice:
//   - one task ask for each, in their order, all on one pool, and at most LINES
//     at a time;
//   - tells the first good answer as soon as it is there, even while another
//     call goes on, and tells no other;
//   - a shop without the spice ends nothing: the next answer may be better;
//   - after the good answer no further shop is called, except that the line
//     which became free may have called one already. Calls go to their end.
// Returns whether there was a good answer. It waits without asking "done yet?"
// again and again, and when it returns, the pool is closed.
bool find_spice(const char *shops[], size_t count);

#endif
