// The contract of exercise review_1/invite: order the lines.
//
// The table has some free seats. You phone your friends, two at a time, until
// the seats are taken.

#ifndef INVITE_H
#define INVITE_H

#include <cfutures.h>

enum { MOST_FRIENDS = 6, PHONES = 2 };

// Given to you (the tests bring their own):

// A task, and a slow one: phones a friend. Returns what they said, a text, or
// an error if they don't come.
cf_value phone(cf_value name);

// Keeps a seat for somebody who said this. It reads the text during the call
// and not later. Not to be called inside a task.
void keep_seat(const char *answer);

// Put together by you, from the lines in invite.c. Phones 0 to MOST_FRIENDS
// friends for `seats` free seats, one at least:
//   - one task phone for each, in their order, all on one pool, and at most
//     PHONES at a time;
//   - whoever says first that they come gets the first seat, even while another
//     call goes on; who does not come takes no seat;
//   - when the seats are taken, no further friend is called, except that the
//     phone which became free may have called one already;
//   - returns how many seats were taken; the pool is closed then.
int invite(const char *friends[], int count, int seats);

#endif
