// The contract of exercise 03_as_completed/first_come: what is ready first is
// served first.

#ifndef FIRST_COME_H
#define FIRST_COME_H

#include <cfutures.h>
#include <stddef.h>

enum { MOST_DISHES = 5 };

// Given to you (the tests bring their own):

// A task, and a slow one: takes the name of a dish and returns what lies on the
// plate, as texts.
cf_value cook(cf_value dish);

// Carries one plate to the table, which takes a while. It reads the text during
// the call and not later.
void serve(const char *plate);

// Written by you. Cooks the dishes, 0 to MOST_DISHES of them, and serves each:
//   - one task cook for each, all on one pool, and all at once;
//   - a plate is served as soon as it is ready, while others still cook, and
//     not in the order of the menu;
//   - serve is called by the thread that called serve_all, not inside a task;
//   - waits for plates without asking "done yet?" again and again;
//   - when it returns, all are served, and the pool is closed.
void serve_all(const char *dishes[], size_t count);

#endif
