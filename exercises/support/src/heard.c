// What the code under test has said, and from where: see wb_test.h.

#include "wb_test.h"

#include <stdio.h>
#include <string.h>

enum { MOST_LINES = 64 };

static char heard[4096];  // a line each
static const void *callers[MOST_LINES];
static size_t lines;

void wb_hear(const char *how, const char *text, const void *caller)
{
    if (lines == MOST_LINES) {
        return;  // far more than any test expects, so it fails already
    }
    const size_t used = strlen(heard);
    snprintf(heard + used, sizeof heard - used, "  %s: %.48s\n", how, text);
    callers[lines++] = caller;
}

// The number of the first line that is not as expected, from 0.
static size_t first_difference(const char *expected)
{
    size_t line = 0;
    for (size_t i = 0; heard[i] == expected[i] && heard[i] != '\0'; i++) {
        line += heard[i] == '\n';
    }
    return line;
}

static const char *or_nothing(const char *text)
{
    return text[0] == '\0' ? "  nothing\n" : text;
}

void wb_heard(const char *who, const char *expected, const char *file, int line)
{
    char where[512] = "";
    const size_t first = first_difference(expected);
    if (first < lines) {
        snprintf(where, sizeof where, "They differ from line %zu on%s.",
                 first + 1, wb_at(callers[first]));
    }
    wb_check(strcmp(heard, expected) == 0, file, line,
             "%s did this:\n%sexpected was this:\n%s%s", who, or_nothing(heard),
             or_nothing(expected), where);
}
