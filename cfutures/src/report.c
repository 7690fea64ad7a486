// Writing reports, and stopping the program with them. See report.h.

#ifdef __linux__
#define _GNU_SOURCE  // strerrorname_np
#endif

#include "report.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "system.h"

// ---------------------------------------------------------------------------
// A text that grows
// ---------------------------------------------------------------------------

struct writer {
    char *text;  // `fixed`, or allocated
    size_t room;
    size_t length;
    char fixed[1024];
};

static void writer_init(struct writer *writer)
{
    writer->text = writer->fixed;
    writer->room = sizeof writer->fixed;
    writer->length = 0;
    writer->fixed[0] = '\0';
}

// Without memory for more, the text stays as long as it is: half a report is
// better than none. Nothing is given back: the program is about to stop.
static void make_room(struct writer *writer, size_t more)
{
    const size_t room = 2 * (writer->length + more + 1);
    char *larger = cfi_system.allocate(room);
    if (larger != NULL) {
        memcpy(larger, writer->text, writer->length + 1);
        writer->text = larger;
        writer->room = room;
    }
}

static void write_args(struct writer *writer, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    const int needed = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (needed < 0) {
        return;
    }
    if ((size_t)needed >= writer->room - writer->length) {
        make_room(writer, (size_t)needed);
    }
    const size_t free_room = writer->room - writer->length;
    vsnprintf(writer->text + writer->length, free_room, format, args);
    writer->length +=
        (size_t)needed < free_room ? (size_t)needed : free_room - 1;
}

static void write_text(struct writer *writer, const char *format, ...)
    CF_PRINTF_LIKE(2, 3);
static void write_text(struct writer *writer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_args(writer, format, args);
    va_end(args);
}

// ---------------------------------------------------------------------------
// Values and errors in words
// ---------------------------------------------------------------------------

enum { LONGEST_QUOTE = 60 };

// A text in quotes, on one line, cut if it is long.
static void write_quoted(struct writer *writer, const char *text)
{
    size_t length = strlen(text);
    const bool is_cut = length > LONGEST_QUOTE;
    if (is_cut) {
        length = LONGEST_QUOTE;
        while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80) {
            length--;  // not in the middle of a UTF-8 character
        }
    }
    write_text(writer, "\"");
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text[i];
        if (byte == '\n') {
            write_text(writer, "\\n");
        } else if (byte < ' ' || byte == 0x7f) {
            write_text(writer, "\\x%02x", byte);
        } else {
            write_text(writer, "%c", byte);
        }
    }
    write_text(writer, is_cut ? "...\"" : "\"");
}

// "EDOM", or NULL where the C library doesn't tell.
static const char *errno_name(int code)
{
#ifdef __GLIBC__
#if __GLIBC_PREREQ(2, 32)
    return strerrorname_np(code);
#endif
#endif
    (void)code;
    return NULL;
}

static const char *own_name_of(int code)
{
    switch (code) {
    case CF_ETIMEOUT:
        return "CF_ETIMEOUT";
    case CF_ESHUTDOWN:
        return "CF_ESHUTDOWN";
    case CF_EBROKEN:
        return "CF_EBROKEN";
    case CF_EDEADLOCK:
        return "CF_EDEADLOCK";
    case CF_ECANCELLED:
        return "CF_ECANCELLED";
    case CF_EFULL:
        return "CF_EFULL";
    case CF_EFORKED:
        return "CF_EFORKED";
    case CF_EDEADLINE:
        return "CF_EDEADLINE";
    default:
        return NULL;
    }
}

// "CF_ETIMEOUT", "EDOM (Numerical argument out of domain)", "error 4711".
static void write_code(struct writer *writer, int code)
{
    const char *own_name = own_name_of(code);
    const char *name = errno_name(code);
    if (own_name != NULL) {
        write_text(writer, "%s", own_name);
    } else if (name != NULL) {
        write_text(writer, "%s (%s)", name, strerror(code));
    } else {
        write_text(writer, "error %d", code);
    }
}

static void write_error(struct writer *writer, const cf_error *error)
{
    const char *indent = "\n  ";
    for (; error != NULL; error = error->cause) {
        const struct cfi_error_link *link = (const void *)error;
        write_text(writer, "%s", indent);
        write_code(writer, error->code);
        write_text(writer, ": %s", error->message);
        if (error->line > 0) {
            write_text(writer, "\n    made at %s:%d (%s)", error->file,
                       error->line, error->function);
        } else {
            write_text(writer, "\n    made by %s", error->function);
        }
        if (link->task != NULL) {
            write_text(writer, "\n    in the task %s", link->task);
        }
        indent = "\n  because of ";
    }
}

static void write_value(struct writer *writer, cf_value value)
{
    switch (cfi_kind(value)) {
    case CFI_NONE:
        write_text(writer, "nothing");
        break;
    case CFI_INT:
        write_text(writer, "an int: %" PRId64, cf_as_int(value));
        break;
    case CFI_DOUBLE:
        write_text(writer, "a double: %g", cf_as_double(value));
        break;
    case CFI_TEXT:
        write_text(writer, "a text: ");
        write_quoted(writer, cf_as_str(value));
        break;
    case CFI_BYTES:
        write_text(writer, "bytes: %zu of them", cf_size(value));
        break;
    case CFI_POINTER:
    case CFI_TAKEN:
        write_text(writer, "a pointer: %p", cf_as_ptr(value));
        break;
    case CFI_ERROR:
        write_text(writer, "an error:");
        write_error(writer, cf_as_error(value));
        break;
    }
}

// ---------------------------------------------------------------------------
// Stopping
// ---------------------------------------------------------------------------

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
_Noreturn static void stop_with(struct writer *writer)
{
    const struct cfi_frame *task = cfi_frame_current();
    if (task != NULL) {
        write_text(writer, "\n  This was in the task %s.", task->label);
    }
    stop_handler(writer->text);
    abort();
}

void cfi_stop(const char *format, ...)
{
    struct writer writer;
    writer_init(&writer);
    va_list args;
    va_start(args, format);
    write_args(&writer, format, args);
    va_end(args);
    stop_with(&writer);
}

void cfi_stop_wrong_kind(cf_place place, const char *accessor,
                         const char *needed, cf_value value)
{
    struct writer writer;
    writer_init(&writer);
    write_text(&writer, "%s:%d (%s): %s needs %s, but the value is ",
               place.file, place.line, place.function, accessor, needed);
    write_value(&writer, value);
    stop_with(&writer);
}

void cfi_stop_wrong_size(cf_place place, const char *accessor, size_t size,
                         cf_value value)
{
    char needed[64];
    snprintf(needed, sizeof needed, "a struct of %zu bytes", size);
    cfi_stop_wrong_kind(place, accessor, needed, value);
}
