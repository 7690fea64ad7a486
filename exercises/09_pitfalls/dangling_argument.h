// The contract of exercise 09_pitfalls/dangling_argument: the address stays,
// what lies there does not.
//
// A task reads its argument when it runs. Given an address, it finds whatever
// is there by then.

#ifndef DANGLING_ARGUMENT_H
#define DANGLING_ARGUMENT_H

#include <cfutures.h>
#include <stdbool.h>

enum { MOST_ORDERS = 4 };

struct order {
    int table;
    int portions;
    char dish[16];
};

struct photo;  // of a table; large, and its inside is nobody's business

// Given to you (the tests bring their own):

// Writes the next order to *order and returns true; or returns false: there are
// no more, and *order is as it was.
bool take_order(struct order *order);

// Cooks an order, which is slow, and returns the plate, a text. Reads *order
// until it returns.
cf_value cook(const struct order *order);

// Takes a photo of a table; never NULL. It is yours, until you free it.
struct photo *take_photo(int table);

// Prints a photo, which is slow, and returns the print, a text. Reads *photo
// until it returns.
cf_value print_photo(const struct photo *photo);

void free_photo(void *photo);

// Written by you, and wrong so far. The pool is the caller's; other threads,
// and you yourself, may call them again before anything is cooked or printed.
// Neither waits for a task: it may return before any has started.

// Takes up to MOST_ORDERS orders, until there are no more. Each is cooked by a
// task of its own, as it was when it was taken. plates[i] becomes the future of
// order i. Returns how many portions were ordered in all.
int begin_orders(cf_executor *pool, cf_future *plates[]);

// Takes a photo of the table and returns the future of its print. The photo is
// freed once: after it was printed, and when the pool is closed at the latest.
// So it is if it is never printed, because the pool accepts no more tasks.
cf_future *begin_print(cf_executor *pool, int table);

#endif
