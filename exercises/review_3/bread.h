// The contract of exercise review_3/bread: which outputs can happen?
//
// The program bread stands in bread.c. Each of its lines is said once; in which
// order, is the question. Here are seven orders:
//
//     A   table dough bowl bread eat lights
//     B   table dough bread eat bowl lights
//     C   dough bowl table bread eat lights
//     D   table dough bread bowl eat lights
//     E   bowl table dough bread eat lights
//     F   dough table eat bread bowl lights
//     G   table dough bread eat lights bowl

#ifndef BREAD_H
#define BREAD_H

enum { A, B, C, D, E, F, G, ORDERS };

enum answer { UNDECIDED, CAN, CANNOT };

// Given to you (the tests bring their own):

// Prints one line. Any thread may call it, at any time.
void say(const char *line);

// The program. Leave it as it is: the tests run it.
void bread(void);

// Written by you, one answer for each order:
//   CAN     some run of bread says its lines in this order, however seldom;
//   CANNOT  none ever does.
// For each CAN, the test makes every line wait for its turn, and looks whether
// bread can go this way. For each CANNOT, the explorer looks for a run that
// refutes it.
extern const enum answer answers[ORDERS];

#endif
