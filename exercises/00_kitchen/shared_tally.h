// The contract of exercise 00_kitchen/shared_tally: one till, several cooks.

#ifndef SHARED_TALLY_H
#define SHARED_TALLY_H

#include <pthread.h>
#include <stdbool.h>

enum { TILL_HOLDS = 100 };  // more does not fit in

// Each till has a lock of its own. It is ready for use when you get the till.
struct till {
    pthread_mutex_t lock;  // lock guards: the amount in the till
    int number;            // set before anybody comes, then read only
};

// Given to you (the tests bring their own). All three are slow:

// Cooks a dish. Returns its price, from 1 to TILL_HOLDS.
int cook(const char *dish);

// Returns the amount in the till. The caller has to hold the till's lock.
int till_read(const struct till *till);

// Sets the amount in the till. The caller has to hold the till's lock.
void till_write(struct till *till, int amount);

// Written by you. Cooks the dish, then adds its price to the amount in the
// till and returns true. If that would be more than TILL_HOLDS, the till is
// left as it was, and the answer is false. Several cooks call this at once:
//   - no price is lost, and no till gets too full;
//   - while one cook cooks, the others may do anything: cook, or be at a till;
//   - who is at one till never waits for who is at another;
//   - when it returns, the till's lock is free, whatever the answer.
bool serve(struct till *till, const char *dish);

#endif
