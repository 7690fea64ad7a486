// The contract of 01_explored/tally.

#ifndef TALLY_H
#define TALLY_H

// Slow; the test brings it.
int votes_of(int town);

// Returns the votes of the towns 1 and 2, which are asked at the same time.
int tally(void);

#endif
