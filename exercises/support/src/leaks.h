// Whose leak is it? Only used in a build with the address sanitizer.

#ifndef LEAKS_H
#define LEAKS_H

#include "buffer.h"

// Copies from a report of the leak sanitizer what the code under test had a
// part in; nothing if that is nothing.
void leaks_of_code(const char *report, struct buffer *of_code);

#endif
