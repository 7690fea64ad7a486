// The log: what went wrong where nobody would hear of it.

#ifndef CFI_LOG_H
#define CFI_LOG_H

#include <cfutures.h>

#pragma GCC visibility push(hidden)

// Gives a text of one or more lines to the log's handler. Call with no lock
// held: it is the user's code.
void cfi_log(const char *report);

// If the result is an error: "WHAT LABEL failed:" and the error.
void cfi_log_failure(cf_value result, const char *what, const char *label);

#pragma GCC visibility pop

#endif
