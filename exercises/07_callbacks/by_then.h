// The contract of exercise 07_callbacks/by_then: the same three steps, as a
// chain.
//
// With cf_then you say once what follows what. The library begins each step,
// and takes an error past the rest of them to the end of the chain.

#ifndef BY_THEN_H
#define BY_THEN_H

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

// Written by you:

// Begins the chain of one item on the pool: each step is a task of its own, and
// gets the result of the step before. Waits for nothing. Returns the future of
// the receipt; if a step fails, that step's error is the outcome of the future,
// as it is, and the steps behind it are never called.
cf_future *begin_item(cf_executor *pool, int id);

// Takes 0 to MOST_ITEMS items through their chains, on one pool of `workers`
// threads. No item waits for another. Then, in the order of the ids, says each
// receipt, or notes the message of the error, once for each item that failed.
// Returns how many receipts there are. When it returns, the pool is closed; its
// futures live no longer than that.
int save_all(const int ids[], int count, int workers);

#endif
