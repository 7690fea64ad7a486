// The contract of exercise review_2/jars: which outputs can happen?
//
// The program jars stands in jars.c. Each of its lines is said once; in which
// order, is the question. Here are seven orders:
//
//     A   fig plum kiwi one two three
//     B   plum kiwi fig one two three
//     C   kiwi fig plum one two three
//     D   fig one plum two kiwi three
//     E   plum one fig kiwi two three
//     F   fig plum one kiwi three two
//     G   fig plum one kiwi two three

#ifndef JARS_H
#define JARS_H

enum { A, B, C, D, E, F, G, ORDERS };

enum answer { UNDECIDED, CAN, CANNOT };

// Given to you (the tests bring their own):

// Prints one line. Any thread may call it, at any time.
void say(const char *line);

// The program. Leave it as it is: the tests run it.
void jars(void);

// Written by you, one answer for each order:
//   CAN     some run of jars says its lines in this order, however seldom;
//   CANNOT  none ever does.
// For each CAN, the test makes every line wait for its turn, and looks whether
// jars can go this way. For each CANNOT, the explorer looks for a run that
// refutes it.
extern const enum answer answers[ORDERS];

#endif
