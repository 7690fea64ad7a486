// The contract of exercise review_3/parcels: order the lines.
//
// Each parcel is packed, and then handed over. Either may fail.

#ifndef PARCELS_H
#define PARCELS_H

#include <cfutures.h>

enum { MOST_PARCELS = 4, HANDS = 2 };

// Given to you (the tests bring their own):

// The two steps. Each is a task, and a slow one; each may fail, and then
// returns an error. Neither accepts an error.
cf_value pack(cf_value id);           // a number; returns a parcel, as a text
cf_value hand_over(cf_value parcel);  // returns a receipt, as a text

// Says a receipt, or notes what went wrong. Both read the text during the call
// and not later. Not to be called inside a task.
void say(const char *receipt);
void note(const char *message);

// Put together by you, from the lines in parcels.c. Sends 0 to MOST_PARCELS
// parcels:
//   - each step is a task of its own, all on one pool of HANDS workers, and no
//     parcel waits for another one's step while a hand is free;
//   - a parcel that could not be packed is not handed over;
//   - as soon as a parcel is through, its receipt is said; as soon as it has
//     failed, the message of its error is noted, once;
//   - returns how many receipts were said; the pool is closed then.
int send_all(const int ids[], int count);

#endif
