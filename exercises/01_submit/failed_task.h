// The contract of exercise 01_submit/failed_task: not everybody is at home.
//
// You ring at many doors at once. Some stay shut: those visits fail, and the
// failures must neither stop the program nor cost anybody a greeting.

#ifndef FAILED_TASK_H
#define FAILED_TASK_H

#include <cfutures.h>
#include <stdbool.h>

enum { MOST_DOORS = 5 };

// Given to you (the tests bring their own):

// Rings at the door and waits, which is slow. Returns whether it was opened.
bool ring(const char *name);

// Says a greeting, or notes what went wrong. Both read the text during the
// call and not later.
void say(const char *greeting);
void note(const char *message);

// Written by you:

// A task. Takes a name, as a text, and rings at that door. Returns the text
// "Hello, NAME!" if it was opened; else the error ENOENT with the message
// "nobody at home: NAME".
cf_value visit(cf_value name);

// Visits 0 to MOST_DOORS people, all at once, on one pool. Then says the
// greetings and notes the messages of the errors, in the order of the names.
// Returns how many visits failed. When it returns, the pool is closed.
int visit_all(const char *names[], int count);

#endif
