// Stopping the program with a report. See report.h.

#include "report.h"

#include <stdio.h>
#include <stdlib.h>

#include "internal.h"
#include "writer.h"

// What the program printed before comes out before the report; abort() alone
// would lose it. Not if another thread is busy printing: never wait here.
static void flush_output(void)
{
    if (ftrylockfile(stdout) == 0) {
        fflush(stdout);
        funlockfile(stdout);
    }
}

static void print_and_abort(const char *report)
{
    flush_output();
    fprintf(stderr, "%s\n", report);
    abort();
}

static cf_stop_handler *stop_handler = print_and_abort;

cf_stop_handler *cf_on_stop(cf_stop_handler *handler)
{
    cf_stop_handler *before = stop_handler;
    stop_handler = handler == NULL ? print_and_abort : handler;
    return before;
}

// Adds in which task it happened, and hands the report over.
_Noreturn static void stop_with(struct cfi_writer *writer)
{
    const struct cfi_frame *task = cfi_frame_current();
    if (task != NULL && task->label != NULL) {
        cfi_write(writer, "\n  This was in %sthe task %s.",
                  task->is_callback ? "a callback of " : "", task->label);
    }
    stop_handler(writer->text);
    abort();
}

void cfi_stop(const char *format, ...)
{
    struct cfi_writer writer;
    cfi_writer_init(&writer);
    va_list args;
    va_start(args, format);
    cfi_write_args(&writer, format, args);
    va_end(args);
    stop_with(&writer);
}

void cfi_stop_wrong_kind(cf_place place, const char *accessor,
                         const char *needed, cf_value value)
{
    struct cfi_writer writer;
    cfi_writer_init(&writer);
    cfi_write(&writer, "%s:%d (%s): %s needs %s, but the value is ", place.file,
              place.line, place.function, accessor, needed);
    cfi_write_value(&writer, value);
    stop_with(&writer);
}

void cfi_stop_wrong_size(cf_place place, const char *accessor, size_t size,
                         cf_value value)
{
    char needed[64];
    snprintf(needed, sizeof needed, "a struct of %zu bytes", size);
    cfi_stop_wrong_kind(place, accessor, needed, value);
}
