// The contract of exercise 09_pitfalls/lock_not_tied_to_its_data: seats.
//
// A cinema has several halls, and tasks of a pool sell their seats and take
// them back. The code that you get holds a lock whenever it touches a hall, and
// its numbers are wrong all the same.

#ifndef LOCK_NOT_TIED_TO_ITS_DATA_H
#define LOCK_NOT_TIED_TO_ITS_DATA_H

#include <stdbool.h>

enum { SEATS = 4 };  // of each hall: 0 to 3

// Given to you (the tests bring their own):

// Writes into the hall's book that a seat is sold or free from now on, which
// is slow. Each hall has a book of its own; it takes one line at a time, and
// its lines have to be in the order in which things happened.
void write_down(int hall_number, int seat, bool is_sold);

// Repaired by you:

struct hall;  // what is in it is yours to say

// Returns a hall whose seats are free, which hall_close puts away, or NULL: it
// can't be had.
struct hall *hall_open(int number);

// Frees a hall that nobody uses any more. NULL is allowed.
void hall_close(struct hall *hall);

// The following are called by many threads at once, for the same hall and for
// different ones:
//   - to everybody else, each call is one step: the seat, the number of seats
//     that are sold, and the book agree whenever somebody looks;
//   - who is at one hall never waits for who is at another.

// Sells a seat, writes that down, and returns true. Is it sold already, nothing
// changes, and the answer is false.
bool hall_sell(struct hall *hall, int seat);

// Takes a seat back, writes that down, and returns true. Is it free, nothing
// changes, and the answer is false.
bool hall_take_back(struct hall *hall, int seat);

// Returns how many seats are sold.
int hall_count(struct hall *hall);

#endif
