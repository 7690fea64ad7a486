// Exercise 04_processes/sum_of_squares. The contract is in sum_of_squares.h;
// the lesson's section "What crossing costs" has the idea.

#include "sum_of_squares.h"

cf_value sum_part(cf_value value)
{
    // TODO: How does a struct come out of a value again? Which number is the
    // last of the part?
    (void)value;  // keeps the compiler quiet; remove it
    return cf_none();
}

int64_t sum_of_squares(int64_t count)
{
    // TODO: How large is a part, so that MOST_PARTS of them hold all numbers?
    // Try 3, 8, 9 and 1000 numbers on paper, and none: does your division round
    // the right way, and where does the last part end?
    (void)count;  // keeps the compiler quiet; remove it
    return 0;
}
