// The contract of exercise 09_pitfalls/unhandled_error: what burns.
//
// A kitchen with few ovens bakes many dishes at once. The code that you get
// does so, and all is well until the first dish burns.

#ifndef UNHANDLED_ERROR_H
#define UNHANDLED_ERROR_H

#include <cfutures.h>

enum { MOST_DISHES = 5 };

// Given to you (the tests bring their own):

// Waits until an oven is free, and takes it. An oven is not a thread's: it is
// taken until somebody calls give_oven_back, once for each that was taken.
void take_oven(void);
void give_oven_back(void);

// Bakes a dish, which is slow. The caller has to have an oven. Returns what
// lies on the plate, as a text; or an error: it burnt.
cf_value bake(cf_value dish);

// Serves a plate, or says what went wrong. Both read the text during the call
// and not later. Call them on the thread that called bake_all.
void serve(const char *plate);
void apologise(const char *message);

// Repaired by you:

// A task. Takes an oven, bakes the dish, and returns what bake has returned,
// an error unchanged. However that ends, it has given its oven back.
cf_value bake_one(cf_value dish);

// Bakes 0 to MOST_DISHES dishes, each as a task of one pool, all at once as far
// as there are ovens. Then, in the order of the dishes, serves each plate, or
// apologises with the message of its error. Returns how many were served. When
// it returns, the pool is closed.
int bake_all(const char *const dishes[], int count);

#endif
