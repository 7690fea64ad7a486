// The contract of exercise review_3/cakes: find the bug.
//
// A bakery bakes, and a board says how many cakes are ready. Most of the time
// it says the right numbers.

#ifndef CAKES_H
#define CAKES_H

#include <cfutures.h>

enum { MOST_CAKES = 6, OVENS = 2 };

// Given to you (the tests bring their own):

// A task, and a slow one: bakes the cake of this number. Returns its weight, a
// number, or an error: it is burnt.
cf_value bake(cf_value number);

// Says on the board how many cakes are over, good ones and burnt ones. Takes a
// while; one call at a time.
void show(int over, int all);

// Repaired by you. Bakes the cakes 0 to count - 1, which are MOST_CAKES at
// most:
//   - one task bake for each, in the order of the numbers, on one pool of OVENS
//     workers;
//   - whenever a cake is over, show is called: with 1, 2, 3 and so on up to
//     count, each once, in this order, and never from two threads at once;
//   - no oven stands still because of the board;
//   - returns what the good cakes weigh together; the pool is closed then, and
//     the board is up to date.
int bake_all(int count);

#endif
