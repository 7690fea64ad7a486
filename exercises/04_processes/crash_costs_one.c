// Exercise 04_processes/crash_costs_one. The contract is in crash_costs_one.h;
// the lesson's section "A crash costs one task" has the idea.

#include "crash_costs_one.h"

int read_all(const char *names[], int count, struct page pages[])
{
    // TODO: Who may crash, and in whose process does it have to run? How many
    // pages does a crash cost if two of them are one task? And how do you tell
    // an error that read_page returned from the end of its worker?
    (void)names;  // keeps the compiler quiet; remove all three
    (void)count;
    (void)pages;
    return 0;
}
