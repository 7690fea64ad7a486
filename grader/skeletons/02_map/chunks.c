// Exercise 02_map/chunks. The contract is in chunks.h; the lesson's section
// "Small items go in chunks" has the idea.

#include "chunks.h"

void weigh_seeds(const int seeds[], size_t count, int64_t milligrams[])
{
    // TODO: How large must a chunk be, so that MOST_TASKS of them hold all
    // seeds? Try 16, 17 and 1000 seeds on paper, and none: does your division
    // round the right way?
    (void)seeds;  // keeps the compiler quiet; remove all three
    (void)count;
    (void)milligrams;
}
