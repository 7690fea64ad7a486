// The contract of 01_tiny/together.

#ifndef TOGETHER_H
#define TOGETHER_H

#include <cfutures.h>

// Slow; the test brings it.
cf_value visit(cf_value place);

// Visits the places 1 and 2 at once, on a pool.
void visit_both(void);

#endif
