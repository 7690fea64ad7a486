// The contract of exercise 02_map/in_order: a jam of each fruit.
//
// Jams are cooked all at once, and each is ready in its own time. But the jars
// stand in a row, and are labelled in the order of the fruits.

#ifndef IN_ORDER_H
#define IN_ORDER_H

#include <cfutures.h>
#include <stddef.h>

enum { MOST_FRUITS = 5 };

// Given to you (the tests bring their own):

// A task, and a slow one: takes a fruit and returns the label of its jam, as
// texts.
cf_value cook_jam(cf_value fruit);

// Puts a label on a jar; the first jar has the number 0. It reads the text
// during the call and not later.
void put_label(int jar, const char *text);

// Written by you. Cooks a jam of each fruit, 0 to MOST_FRUITS of them:
//   - one task cook_jam for each, on one pool, and all are under way at once;
//   - jar i gets the label of fruits[i], whichever jam is ready first;
//   - a jar is labelled as soon as its jam and those before it are ready, while
//     the later ones still cook;
//   - when it returns, the pool is closed.
void cook_all(const char *fruits[], size_t count);

#endif
