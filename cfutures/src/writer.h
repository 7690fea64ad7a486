// A text that grows, and values and errors in words: what reports, logs and
// descriptions are written with.

#ifndef CFI_WRITER_H
#define CFI_WRITER_H

#include <cfutures.h>
#include <stdarg.h>

#pragma GCC visibility push(hidden)

struct cfi_writer {
    char *text;  // `fixed`, or allocated
    size_t room;
    size_t length;
    char fixed[1024];
};

void cfi_writer_init(struct cfi_writer *writer);
void cfi_writer_deinit(struct cfi_writer *writer);

// Without memory for more, the text stays as long as it is: half a report is
// better than none.
void cfi_write(struct cfi_writer *writer, const char *format, ...)
    CF_PRINTF_LIKE(2, 3);
void cfi_write_args(struct cfi_writer *writer, const char *format, va_list args)
    CF_PRINTF_LIKE(2, 0);

// "\n  EDOM (...): 100 / 0\n    made at lunch.c:7 (divide) ..." with all
// causes.
void cfi_write_error(struct cfi_writer *writer, const cf_error *error);

// "CF_ETIMEOUT", "EDOM (Numerical argument out of domain)", "error 4711".
void cfi_write_code(struct cfi_writer *writer, int code);

// "an int: 7", "an error:\n  EDOM ...".
void cfi_write_value(struct cfi_writer *writer, cf_value value);

#pragma GCC visibility pop

#endif
