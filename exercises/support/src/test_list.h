// Which tests are there? Read from the file of a test module, which is not
// loaded for this: alone it cannot be, since it needs the code under test.

#ifndef TEST_LIST_H
#define TEST_LIST_H

#include "buffer.h"

struct test_name {
    const char *suite;
    const char *test;
    size_t suite_index;  // their places in wb_suites
    size_t test_index;
};

struct test_list {
    struct test_name *tests;
    size_t count;
    void *file;  // the names point into it
    size_t file_size;
};

// False, with `why`, if the file is no test module.
bool test_list_read(const char *path, struct test_list *list,
                    struct buffer *why);

void test_list_clear(struct test_list *list);

#endif
