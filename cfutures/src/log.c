// The log: what went wrong where nobody would hear of it. See log.h.

#include "log.h"

#include <stdatomic.h>
#include <stdio.h>

#include "internal.h"
#include "writer.h"

static void print(const char *report)
{
    fprintf(stderr, "%s\n", report);
}

// Atomic: it may be set while threads of a pool are at work.
static cf_log_handler *_Atomic log_handler = print;

cf_log_handler *cf_on_log(cf_log_handler *handler)
{
    return atomic_exchange(&log_handler, handler == NULL ? print : handler);
}

void cfi_log(const char *report)
{
    atomic_load (&log_handler)(report);
}

void cfi_log_failure(cf_value result, const char *what, const char *label)
{
    if (!cf_failed(result)) {
        return;
    }
    struct cfi_writer writer;
    cfi_writer_init(&writer);
    cfi_write(&writer, "%s %s failed:", what, label);
    cfi_write_error(&writer, cf_as_error(result));
    cfi_log(writer.text);
    cfi_writer_deinit(&writer);
}
