// The checks of wb_test.h, as the test's process sees them.

#ifndef CHECKS_H
#define CHECKS_H

// The calling thread is the one that may check.
void checks_begin(void);

// Reports checks that were made on another thread as failures of the test.
void checks_end(void);

#endif
