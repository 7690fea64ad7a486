// The contract of exercise 03_as_completed/timeout: not longer than that.
//
// The guests have to catch a train. What is ready by then is served.

#ifndef TIMEOUT_H
#define TIMEOUT_H

#include <cfutures.h>
#include <stddef.h>

enum { MOST_DISHES = 5 };

// Given to you (the tests bring their own):

// Carries one plate to the table. It reads the text during the call and not
// later.
void serve(const char *plate);

// Written by you. `plates` are the futures of 0 to MOST_DISHES dishes, which
// the caller has submitted, each once; their results are texts. The pool is the
// caller's, too, and stays open. The array may be left in any order.
//   - Serves each plate as soon as it is ready, for `seconds` at most, counted
//     once, from the call on, for all plates together.
//   - What is ready when it is called is served even if `seconds` is 0.
//   - Returns when all are served, or when the time is over: it does not wait
//     for plates that are late, nor ask "done yet?" again and again.
//   - Late plates that nobody has begun to cook are taken back. Those that are
//     on the stove go on.
// Returns how many plates were not served.
size_t serve_within(cf_future *plates[], size_t count, double seconds);

#endif
