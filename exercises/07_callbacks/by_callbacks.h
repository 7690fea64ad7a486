// The contract of exercise 07_callbacks/by_callbacks: fetch, process, save.
//
// Many items go through the same three steps, and what follows a step is begun
// by a callback of that step. Nobody stands by and waits in between.

#ifndef BY_CALLBACKS_H
#define BY_CALLBACKS_H

#include <cfutures.h>

enum { MOST_ITEMS = 4 };

// Given to you (the tests bring their own):

// The three steps. Each is a task, and a slow one; each may fail, and then
// returns an error. None of them accepts an error.
cf_value fetch(cf_value id);      // a number; returns a page, as a text
cf_value process(cf_value page);  // returns a report, as a text
cf_value save(cf_value report);   // returns a receipt, as a text

// Says a receipt, or notes what went wrong. Both read the text during the
// call and not later. Call them on the thread that called save_all.
void say(const char *receipt);
void note(const char *message);

// Written by you. Takes 0 to MOST_ITEMS items through the three steps, on one
// pool of `workers` threads:
//   - each step is a task of the pool; a callback of the step before submits
//     it, with that step's result;
//   - no item waits for another: all fetches are submitted at once;
//   - a callback neither waits nor does a step itself: it keeps a worker;
//   - an error ends its item: no further step, and the other items go on;
//   - then, in the order of the ids, says each receipt, or notes the message
//     of the error that ended the item;
//   - waits for the items asleep, without "done yet?", and no longer than they
//     take;
//   - returns how many receipts there are. When it returns, the pool is closed.
int save_all(const int ids[], int count, int workers);

#endif
