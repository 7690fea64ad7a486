// The heap, and the parts of libc that allocate or touch the program's memory
// without being instrumented: each xpi_NAME stands for NAME in the program.

#include "internal.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NATURAL = 16 };

static void reads(const void *memory, size_t size, uintptr_t pc)
{
    if (size > 0) {
        xp_plain_access((uintptr_t)memory, size, 0, pc);
    }
}

static void writes(const void *memory, size_t size, uintptr_t pc)
{
    if (size > 0) {
        xp_plain_access((uintptr_t)memory, size, XP_WRITE, pc);
    }
}

static void reads_text(const char *text, uintptr_t pc)
{
    XP_SELF->last_pc = pc;  // in case there is no text
    reads(text, strlen(text) + 1, pc);
}

// ---------------------------------------------------------------------------
// Allocation
// ---------------------------------------------------------------------------

void *xpi_malloc(size_t size)
{
    return xp_allocate(size, NATURAL, false, XP_PC);
}

void *xpi_calloc(size_t count, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(count, size, &total)) {
        errno = ENOMEM;
        return NULL;
    }
    return xp_allocate(total, NATURAL, true, XP_PC);
}

void *xpi_realloc(void *pointer, size_t size)
{
    return xp_reallocate(pointer, size, XP_PC);
}

void *xpi_reallocarray(void *pointer, size_t count, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(count, size, &total)) {
        errno = ENOMEM;
        return NULL;
    }
    return xp_reallocate(pointer, total, XP_PC);
}

void xpi_free(void *pointer)
{
    xp_free(pointer, XP_PC);
}

void *xpi_aligned_alloc(size_t alignment, size_t size)
{
    return xp_allocate(size, alignment, false, XP_PC);
}

int xpi_posix_memalign(void **result, size_t alignment, size_t size)
{
    void *memory = xp_allocate(size, alignment, false, XP_PC);
    if (memory == NULL) {
        return ENOMEM;
    }
    *result = memory;
    return 0;
}

// A text of the program's own, copied to its heap.
static char *copy_text(const char *text, size_t length, uintptr_t pc)
{
    char *copy = xp_allocate(length + 1, NATURAL, false, pc);
    if (copy != NULL) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

char *xpi_strdup(const char *text)
{
    uintptr_t pc = XP_PC;
    reads_text(text, pc);
    return copy_text(text, strlen(text), pc);
}

char *xpi_strndup(const char *text, size_t most)
{
    uintptr_t pc = XP_PC;
    size_t length = strnlen(text, most);
    reads(text, length, pc);
    return copy_text(text, length, pc);
}

static int format_new(char **result, const char *format, va_list args,
                      uintptr_t pc)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    char *text =
        length < 0 ? NULL : xp_allocate((size_t)length + 1, NATURAL, false, pc);
    if (text != NULL) {
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    *result = text;
    return text == NULL ? -1 : length;
}

int xpi_vasprintf(char **result, const char *format, va_list args)
{
    return format_new(result, format, args, XP_PC);
}

int xpi_asprintf(char **result, const char *format, ...)
{
    uintptr_t pc = XP_PC;
    va_list args;
    va_start(args, format);
    int length = format_new(result, format, args, pc);
    va_end(args);
    return length;
}

ssize_t xpi_getdelim(char **line, size_t *size, int delimiter, FILE *file)
{
    uintptr_t pc = XP_PC;
    size_t length = 0;
    int c;
    while ((c = getc(file)) != EOF) {
        if (length + 2 > *size || *line == NULL) {
            size_t larger = *size < 60 ? 120 : *size * 2;
            char *memory = xp_reallocate(*line, larger, pc);
            if (memory == NULL) {
                return -1;
            }
            *line = memory;
            *size = larger;
        }
        (*line)[length++] = (char)c;
        if (c == delimiter) {
            break;
        }
    }
    if (length == 0) {
        return -1;
    }
    (*line)[length] = '\0';
    writes(*line, length + 1, pc);
    return (ssize_t)length;
}

ssize_t xpi_getline(char **line, size_t *size, FILE *file)
{
    return xpi_getdelim(line, size, '\n', file);
}

FILE *xpi_open_memstream(char **text, size_t *size)
{
    (void)text, (void)size;
    xp_misuse(0, XP_PC,
              "open_memstream is used, which the explorer does not know");
}

// ---------------------------------------------------------------------------
// Memory and texts
// ---------------------------------------------------------------------------

void *xpi_memcpy(void *to, const void *from, size_t size)
{
    uintptr_t pc = XP_PC;
    reads(from, size, pc);
    writes(to, size, pc);
    return memmove(to, from, size);
}

void *xpi_memmove(void *to, const void *from, size_t size)
{
    uintptr_t pc = XP_PC;
    reads(from, size, pc);
    writes(to, size, pc);
    return memmove(to, from, size);
}

void *xpi_memset(void *memory, int byte, size_t size)
{
    writes(memory, size, XP_PC);
    return memset(memory, byte, size);
}

int xpi_memcmp(const void *a, const void *b, size_t size)
{
    uintptr_t pc = XP_PC;
    reads(a, size, pc);
    reads(b, size, pc);
    return memcmp(a, b, size);
}

size_t xpi_strlen(const char *text)
{
    reads_text(text, XP_PC);
    return strlen(text);
}

char *xpi_strcpy(char *to, const char *from)
{
    uintptr_t pc = XP_PC;
    reads_text(from, pc);
    writes(to, strlen(from) + 1, pc);
    return strcpy(to, from);
}

char *xpi_strncpy(char *to, const char *from, size_t most)
{
    uintptr_t pc = XP_PC;
    reads(from, strnlen(from, most), pc);
    writes(to, most, pc);
    return strncpy(to, from, most);
}

char *xpi_strcat(char *to, const char *from)
{
    uintptr_t pc = XP_PC;
    reads_text(from, pc);
    reads_text(to, pc);
    writes(to + strlen(to), strlen(from) + 1, pc);
    return strcat(to, from);
}

int xpi_strcmp(const char *a, const char *b)
{
    uintptr_t pc = XP_PC;
    reads_text(a, pc);
    reads_text(b, pc);
    return strcmp(a, b);
}

int xpi_strncmp(const char *a, const char *b, size_t most)
{
    uintptr_t pc = XP_PC;
    reads(a, strnlen(a, most), pc);
    reads(b, strnlen(b, most), pc);
    return strncmp(a, b, most);
}

int xpi_vsnprintf(char *text, size_t size, const char *format, va_list args)
{
    uintptr_t pc = XP_PC;
    int length = vsnprintf(text, size, format, args);
    if (length >= 0 && size > 0) {
        size_t used = (size_t)length < size ? (size_t)length + 1 : size;
        writes(text, used, pc);
    }
    return length;
}

int xpi_snprintf(char *text, size_t size, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = xpi_vsnprintf(text, size, format, args);
    va_end(args);
    return length;
}
