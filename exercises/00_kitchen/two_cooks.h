// The contract of exercise 00_kitchen/two_cooks: two dishes at the same time.

#ifndef TWO_COOKS_H
#define TWO_COOKS_H

// Given to you (the tests bring their own):

// Prepares a dish, which is slow. Returns how many portions there are.
int prepare(const char *dish);

// Written by you. Prepares both dishes at the same time, each on a thread of
// its own:
//   - when it returns, no cook is at work any more: each thread that was
//     started has been joined;
//   - all went well: portions[0] is what prepare returned for dishes[0],
//     portions[1] what it returned for dishes[1], and the return value is 0;
//   - a thread could not be started: the return value is the error number
//     that pthread_create returned, and portions is left as it was.
int cook_both(const char *const dishes[2], int portions[2]);

#endif
