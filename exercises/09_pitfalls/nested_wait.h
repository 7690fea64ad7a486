// The contract of exercise 09_pitfalls/nested_wait: an inventory.
//
// A shop has departments, and a department has shelves. To count a department
// is a task, which hands in a task for each of its shelves, and waits for them.
// In the code that you get it does so with the shop's lock in its hand.

#ifndef NESTED_WAIT_H
#define NESTED_WAIT_H

#include <cfutures.h>
#include <pthread.h>

enum { SHELVES = 2 };  // of each department

struct shop {
    cf_executor *pool;     // set before anybody counts, then read only
    pthread_mutex_t lock;  // lock guards:
    int articles;          // in the departments that have been counted
    int departments;       // so many have been
};

// What a task is told, by cf_struct. The shop lives until all tasks are over.
struct place {
    struct shop *shop;
    int number;  // of a department, or of a shelf
};

// Given to you (the tests bring their own):

// A task. Takes a place, whose number is that of a shelf, and counts what is
// on it, which is slow. It looks into the shop's lists, and takes the shop's
// lock for that. Returns how many articles there are, or an error.
cf_value count_shelf(cf_value shelf);

// Repaired by you:

// A task. Takes a place, whose number is that of a department. Hands in a task
// for each of its shelves, whose numbers are SHELVES * number and the following
// ones, to the shop's pool, and waits for them. Then:
//   - all went well: adds the department to the shop, and returns how many
//     articles it has;
//   - a shelf failed: returns its error, and the shop stays as it was.
// Whoever has the shop's lock sees whole departments, never a part of one. All
// this works on any number of workers, and the shelves, also those of different
// departments, are counted at the same time as far as there are workers.
cf_value count_department(cf_value department);

#endif
