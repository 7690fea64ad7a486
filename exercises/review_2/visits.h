// The contract of exercise review_2/visits: order the lines.
//
// You ring at some doors, all at once, with a pool that you open and close by
// hand.

#ifndef VISITS_H
#define VISITS_H

#include <cfutures.h>

enum { MOST_DOORS = 5 };

// Given to you (the tests bring their own):

// A task, and a slow one: rings at a door. Returns what is said there, a text,
// or an error: nobody opens.
cf_value ring(cf_value name);

// Says what somebody said, or notes what went wrong. Both read the text during
// the call and not later. Not to be called inside a task.
void say(const char *text);
void note(const char *message);

// Put together by you, from the lines in visits.c. Rings at 0 to MOST_DOORS
// doors:
//   - one task ring for each, all on one pool, and all at once;
//   - then, in the order of the names: says what was said, or notes the message
//     of the error, once;
//   - returns at how many doors somebody opened; the pool is closed then.
int visit_all(const char *names[], int count);

#endif
