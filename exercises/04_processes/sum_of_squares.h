// The contract of exercise 04_processes/sum_of_squares: many numbers, and few
// crossings.

#ifndef SUM_OF_SQUARES_H
#define SUM_OF_SQUARES_H

#include <cfutures.h>
#include <stdint.h>

enum { WORKERS = 2, MOST_PARTS = 8 };

// The numbers from `from` on, up to the one before `to`.
struct part {
    int64_t from;
    int64_t to;
};

// Given to you (the tests bring their own):

// Computes a square, and takes its time. It may crash; so it is called in a
// pool of processes.
int64_t square(int64_t number);

// Written by you:

// A task. Takes a struct part, and returns the sum of the squares of its
// numbers, as a number. A part may be empty.
cf_value sum_part(cf_value part);

// Returns the sum of the squares of 0, 1, 2, ... up to count - 1. There may be
// no number at all:
//   - they are shared out to at most MOST_PARTS tasks sum_part, none of them
//     empty, on one pool of WORKERS processes; each worker has a task as long
//     as there are numbers enough;
//   - all are handed over before you wait for the first;
//   - when it returns, the pool is closed.
int64_t sum_of_squares(int64_t count);

#endif
