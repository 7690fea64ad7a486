// Leaks of the code under test. Only in a build with the address sanitizer.

#ifndef LEAKS_H
#define LEAKS_H

// Looks for memory that nobody can reach any more and reports it, if the code
// under test had a part in its allocation. What only the test or cfutures
// allocated is not the learner's.
void leaks_check(void);

#endif
