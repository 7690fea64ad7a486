// The contract of exercise 04_processes/crash_costs_one: an album is read by a
// library that crashes on some of its pages.

#ifndef CRASH_COSTS_ONE_H
#define CRASH_COSTS_ONE_H

#include <cfutures.h>

enum { WORKERS = 2, MOST_PAGES = 6, MOST_TEXT = 64 };

enum fate {
    READ,
    UNREADABLE,  // read_page returned an error
    CRASHED,     // its worker died of it
};

struct page {
    enum fate fate;
    char text[MOST_TEXT];  // the page's, or the error's message; "" if it
                           // crashed
};

// Given to you (the tests bring their own):

// A task, and a slow one: takes the name of a page and returns its text, which
// is short, or an error. On some pages it crashes, and would each time.
cf_value read_page(cf_value name);

// Written by you. Reads 0 to MOST_PAGES pages:
//   - each page is a task read_page of its own, handed over once, to one pool
//     of WORKERS processes; all are handed over before you wait for the first;
//   - pages[i] says what came of names[i], and no page's fate is another's;
//   - returns how many have crashed;
//   - when it returns, the pool is closed.
int read_all(const char *names[], int count, struct page pages[]);

#endif
