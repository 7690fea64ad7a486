// From what was seen of a test's process to its verdict.

#ifndef JUDGE_H
#define JUDGE_H

#include "result.h"
#include "watch.h"

// Fills in the result; takes the observed output over. `sanitizer_words` is
// what sanitizers reported, empty if nothing.
void judge(struct observed *observed, const struct buffer *sanitizer_words,
           double seconds_allowed, struct result *result);

#endif
