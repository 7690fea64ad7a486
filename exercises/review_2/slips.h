// The contract of exercise review_2/slips: find the bug.
//
// Guests have ordered, and for each of them a slip is written. What is handed
// out is mostly right.

#ifndef SLIPS_H
#define SLIPS_H

#include <cfutures.h>

enum { MOST_GUESTS = 5 };

// Given to you (the tests bring their own):

// A task, and a slow one: writes the slip for a guest. Returns a text, or an
// error: the guest has ordered nothing.
cf_value write_slip(cf_value guest);

// Hands a slip to the guest with this number. It reads the text during the call
// and not later. Not to be called inside a task.
void hand_out(int guest, const char *slip);

// Repaired by you. For the guests 0 to count - 1, MOST_GUESTS at most:
//   - one task write_slip for each, all on one pool, and all at once;
//   - hands each guest their own slip, in the order of the guests; who has
//     ordered nothing gets none;
//   - returns how many slips were handed out; the pool is closed then.
int hand_out_slips(const char *guests[], int count);

#endif
