// The checks of wb_test.h, as the test's process sees them.

#ifndef CHECKS_H
#define CHECKS_H

// The calling thread is the one that may check.
void checks_begin(void);

// A check that was made on another thread, the first one, as a failure of the
// test; its file is NULL if there was none.
struct misuse {
    const char *file;
    int line;
    const char *message;
};

struct misuse checks_misuse(void);

#endif
