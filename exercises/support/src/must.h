// Calls that fail only if this program is wrong.

#ifndef MUST_H
#define MUST_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define must(rc, call) must_at((rc), (call), __FILE__, __LINE__)

static inline void must_at(int rc, const char *call, const char *file, int line)
{
    if (rc != 0) {
        fprintf(stderr, "%s:%d: %s: %s\n", file, line, call, strerror(rc));
        abort();
    }
}

#endif
