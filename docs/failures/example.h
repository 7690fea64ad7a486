// The contract of the examples in this folder: a tiny exercise that each of
// them gets wrong in its own way. `./workbook dev check --aspect failures`
// grades them, and sees that each one fails as its page says.

#ifndef EXAMPLE_H
#define EXAMPLE_H

#include <cfutures.h>

// Given: a slow task. Returns the number that it is given.
cf_value slow(cf_value number);

// Written in the example: returns 42. If it needs `slow` for that, it has two
// calls of it under way at the same time, and never more. When it returns, no
// pool is open.
int example(void);

#endif
