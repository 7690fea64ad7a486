// Reports: what is said when the program is used wrongly, and then stopped.

#ifndef CFI_REPORT_H
#define CFI_REPORT_H

#include <cfutures.h>

#pragma GCC visibility push(hidden)

// Stops the program with a report. Call with no lock held: the handler of
// cf_on_stop is the user's code.
_Noreturn void cfi_stop(const char *format, ...) CF_PRINTF_LIKE(1, 2);

// Stops the program because `value` does not hold what the accessor needs:
//     greeter.c:14 (greet_all): cf_as_int needs an int, but the value is ...
// For an error, the report holds the whole chain of causes.
_Noreturn void cfi_stop_wrong_kind(cf_place place, const char *accessor,
                                   const char *needed, cf_value value);

// The same for a struct of `size` bytes.
_Noreturn void cfi_stop_wrong_size(cf_place place, const char *accessor,
                                   size_t size, cf_value value);

#pragma GCC visibility pop

#endif
