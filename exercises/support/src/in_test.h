// What is set up in the test's process around the one test: the thread that
// may check, and the count of who is blocked.

#ifndef IN_TEST_H
#define IN_TEST_H

// On the test's own thread, before and after the test.
void in_test_begin(void);
void in_test_end(void);

#endif
