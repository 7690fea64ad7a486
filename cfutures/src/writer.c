// Writing reports: a text that grows, values and errors in words. See writer.h.

#ifdef __linux__
#define _GNU_SOURCE  // strerrorname_np
#endif

#include "writer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "internal.h"
#include "system.h"

// ---------------------------------------------------------------------------
// A text that grows
// ---------------------------------------------------------------------------

void cfi_writer_init(struct cfi_writer *writer)
{
    writer->text = writer->fixed;
    writer->room = sizeof writer->fixed;
    writer->length = 0;
    writer->fixed[0] = '\0';
}

void cfi_writer_deinit(struct cfi_writer *writer)
{
    if (writer->text != writer->fixed) {
        cfi_system.release(writer->text);
    }
}

static void make_room(struct cfi_writer *writer, size_t more)
{
    const size_t room = 2 * (writer->length + more + 1);
    char *larger = cfi_system.allocate(room);
    if (larger != NULL) {
        memcpy(larger, writer->text, writer->length + 1);
        cfi_writer_deinit(writer);
        writer->text = larger;
        writer->room = room;
    }
}

void cfi_write_args(struct cfi_writer *writer, const char *format, va_list args)
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

void cfi_write(struct cfi_writer *writer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    cfi_write_args(writer, format, args);
    va_end(args);
}

// ---------------------------------------------------------------------------
// Values and errors in words
// ---------------------------------------------------------------------------

enum { LONGEST_QUOTE = 60 };

// A text in quotes, on one line, cut if it is long.
static void write_quoted(struct cfi_writer *writer, const char *text)
{
    size_t length = strlen(text);
    const bool is_cut = length > LONGEST_QUOTE;
    if (is_cut) {
        length = LONGEST_QUOTE;
        while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80) {
            length--;  // not in the middle of a UTF-8 character
        }
    }
    cfi_write(writer, "\"");
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text[i];
        if (byte == '\n') {
            cfi_write(writer, "\\n");
        } else if (byte < ' ' || byte == 0x7f) {
            cfi_write(writer, "\\x%02x", byte);
        } else {
            cfi_write(writer, "%c", byte);
        }
    }
    cfi_write(writer, is_cut ? "...\"" : "\"");
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
    case CF_EDIED:
        return "CF_EDIED";
    case CF_EPOINTER:
        return "CF_EPOINTER";
    default:
        return NULL;
    }
}

void cfi_write_code(struct cfi_writer *writer, int code)
{
    const char *own_name = own_name_of(code);
    const char *name = errno_name(code);
    if (own_name != NULL) {
        cfi_write(writer, "%s", own_name);
    } else if (name != NULL) {
        cfi_write(writer, "%s (%s)", name, strerror(code));
    } else {
        cfi_write(writer, "error %d", code);
    }
}

void cfi_write_error(struct cfi_writer *writer, const cf_error *error)
{
    const char *indent = "\n  ";
    for (; error != NULL; error = error->cause) {
        const struct cfi_error_link *link = (const void *)error;
        cfi_write(writer, "%s", indent);
        cfi_write_code(writer, error->code);
        cfi_write(writer, ": %s", error->message);
        if (error->line > 0) {
            cfi_write(writer, "\n    made at %s:%d (%s)", error->file,
                      error->line, error->function);
        } else {
            cfi_write(writer, "\n    made by %s", error->function);
        }
        if (link->task != NULL) {
            cfi_write(writer, "\n    in the task %s", link->task);
        }
        indent = "\n  because of ";
    }
}

void cfi_write_value(struct cfi_writer *writer, cf_value value)
{
    switch (cfi_kind(value)) {
    case CFI_NONE:
        cfi_write(writer, "nothing");
        break;
    case CFI_INT:
        cfi_write(writer, "an int: %" PRId64, cf_as_int(value));
        break;
    case CFI_DOUBLE:
        cfi_write(writer, "a double: %g", cf_as_double(value));
        break;
    case CFI_TEXT:
        cfi_write(writer, "a text: ");
        write_quoted(writer, cf_as_str(value));
        break;
    case CFI_BYTES:
        cfi_write(writer, "bytes: %zu of them", cf_size(value));
        break;
    case CFI_POINTER:
    case CFI_TAKEN:
        cfi_write(writer, "a pointer: %p", cf_as_ptr(value));
        break;
    case CFI_ERROR:
        cfi_write(writer, "an error:");
        cfi_write_error(writer, cf_as_error(value));
        break;
    }
}
