// A growable run of bytes: texts and messages are put together in one. Used
// in the runner and in the test's process; nobody else.

#ifndef BUFFER_H
#define BUFFER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// All zero is an empty buffer. `bytes` always ends in a '\0' that `size` does
// not count, or is NULL.
struct buffer {
    char *bytes;
    size_t size;
    size_t capacity;
    bool failed;  // there was no memory for something that was added
};

// Adds to the end. Out of memory: adds nothing and sets `failed`.
void buffer_add(struct buffer *buffer, const void *bytes, size_t size);
void buffer_add_text(struct buffer *buffer, const char *text);
void buffer_add_format(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buffer_add_formatted(struct buffer *buffer, const char *format,
                          va_list arguments)
    __attribute__((format(printf, 2, 0)));

// Takes the first `size` bytes off.
void buffer_drop(struct buffer *buffer, size_t size);

// The content as a text; "" for an empty buffer. Borrowed.
const char *buffer_text(const struct buffer *buffer);

// Frees the bytes; the buffer is empty then.
void buffer_clear(struct buffer *buffer);

#endif
