// The contract of exercise 01_submit/hello: one guest, one pool.
//
// A guest is greeted by a task, and while the task takes its time, you lay the
// table. You write this twice: once opening and closing the pool by hand,
// once with cf_with.

#ifndef HELLO_H
#define HELLO_H

#include <cfutures.h>
#include <stdbool.h>

// Given to you (the tests bring their own):

// A task, and a slow one: takes a name and returns the greeting, as texts.
cf_value greet_slowly(cf_value name);

// Lays the table. Returns whether a chair is free.
bool lay_table(void);

// Says the greeting. It reads the text during the call and not later.
void say(const char *greeting);

// Written by you. Both open a pool, submit greet_slowly with the name, and lay
// the table while the greeting is under way. Then, if a chair is free, they
// say the greeting and return true. If not, they say nothing and return false.
// Whichever it is: when they return, the pool is closed.

bool hello_by_hand(const char *name);     // with cf_thread_pool and cf_close
bool hello_in_a_block(const char *name);  // with cf_with

#endif
