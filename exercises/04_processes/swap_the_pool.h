// The contract of exercise 04_processes/swap_the_pool: an old printer of
// labels, and as many of it as you like.

#ifndef SWAP_THE_POOL_H
#define SWAP_THE_POOL_H

#include <cfutures.h>

enum { MOST_JARS = 4 };

// Given to you (the tests bring their own):

// A task, and a slow one: takes the name of a jam and returns its label, as
// texts. It was written when programs had one thread: it composes the label in
// a static buffer, bit by bit. So at most one call at a time in a process.
cf_value print_label(cf_value jam);

// Puts a label on the next jar. It reads the text during the call and not
// later.
void put_on(const char *label);

// Written by you. Prints the labels of 0 to MOST_JARS jams, and puts them on:
//   - one task print_label for each, all on one pool of processes, and none
//     waits for another: all are under way at once;
//   - puts the labels on in the order of the jams;
//   - when it returns, the pool is closed.
void label_jars(const char *jams[], int count);

#endif
