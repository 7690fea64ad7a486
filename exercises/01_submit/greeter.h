// The contract of exercise 01_submit/greeter: many guests, one pool.

#ifndef GREETER_H
#define GREETER_H

#include <cfutures.h>

enum { MOST_GUESTS = 5 };

// Given to you (the tests bring their own):

// A task, and a slow one: takes a name and returns the greeting, as texts.
cf_value greet_slowly(cf_value name);

// Says the greeting. It reads the text during the call and not later.
void say(const char *greeting);

// Written by you. Greets the guests, 0 to MOST_GUESTS of them:
//   - one task greet_slowly for each, all on one pool, and none waits for
//     another: all are under way at once;
//   - says the greetings in the order of the names, whichever is ready first;
//   - waits for greetings without asking "done yet?" again and again;
//   - when it returns, the pool is closed.
void greet_all(const char *names[], int count);

#endif
