#include "buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Makes room for `more` bytes and a '\0'.
static bool reserve(struct buffer *buffer, size_t more)
{
    const size_t needed = buffer->size + more + 1;
    if (needed <= buffer->capacity) {
        return true;
    }
    const size_t capacity = needed < 256 ? 256 : needed * 2;
    char *bytes = realloc(buffer->bytes, capacity);
    if (bytes == NULL) {
        buffer->failed = true;
        return false;
    }
    buffer->bytes = bytes;
    buffer->capacity = capacity;
    return true;
}

void buffer_add(struct buffer *buffer, const void *bytes, size_t size)
{
    if (size == 0 || !reserve(buffer, size)) {
        return;
    }
    memcpy(buffer->bytes + buffer->size, bytes, size);
    buffer->size += size;
    buffer->bytes[buffer->size] = '\0';
}

void buffer_add_text(struct buffer *buffer, const char *text)
{
    buffer_add(buffer, text, strlen(text));
}

void buffer_add_formatted(struct buffer *buffer, const char *format,
                          va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length <= 0 || !reserve(buffer, (size_t)length)) {
        return;
    }
    vsnprintf(buffer->bytes + buffer->size, (size_t)length + 1, format,
              arguments);
    buffer->size += (size_t)length;
}

void buffer_add_format(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    buffer_add_formatted(buffer, format, arguments);
    va_end(arguments);
}

void buffer_drop(struct buffer *buffer, size_t size)
{
    if (size == 0) {
        return;
    }
    memmove(buffer->bytes, buffer->bytes + size, buffer->size - size);
    buffer->size -= size;
    buffer->bytes[buffer->size] = '\0';
}

const char *buffer_text(const struct buffer *buffer)
{
    return buffer->bytes != NULL ? buffer->bytes : "";
}

void buffer_clear(struct buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (struct buffer){0};
}
