// The contract of exercise review_1/lunch: which outputs can happen?
//
// The program lunch stands in lunch.c. Each of its lines is said once; in which
// order, is the question. Here are seven orders:
//
//     A   soup stew table pie closed
//     B   stew pie soup table closed
//     C   pie soup stew table closed
//     D   soup table pie stew closed
//     E   stew table soup pie closed
//     F   soup stew table closed pie
//     G   soup stew pie table closed

#ifndef LUNCH_H
#define LUNCH_H

enum { A, B, C, D, E, F, G, ORDERS };

enum answer { UNDECIDED, CAN, CANNOT };

// Given to you (the tests bring their own):

// Prints one line. Any thread may call it, at any time.
void say(const char *line);

// The program. Leave it as it is: the tests run it.
void lunch(void);

// Written by you, one answer for each order:
//   CAN     some run of lunch says its lines in this order, however seldom;
//   CANNOT  none ever does.
// Nobody compares them with a list of right answers. For each CAN, the test
// makes every line wait for its turn, and looks whether lunch can go this way.
// For each CANNOT, the explorer looks for a run that refutes it.
extern const enum answer answers[ORDERS];

#endif
