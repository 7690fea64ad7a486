// Printing and reading with stdio. The calls themselves are libc's; told is
// what they read and write of the program's memory. None of them may be called
// in a signal handler.

#include "entry.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { NATURAL = 16 };

static void checks(const char *format, va_list args, uintptr_t pc)
{
    xp_not_in_handler("prints", 0, pc);
    if (XP->is_active) {
        xp_reads_arguments(format, args, pc);
    }
}

// ---------------------------------------------------------------------------
// To a file
// ---------------------------------------------------------------------------

int xpi_vfprintf(FILE *file, const char *format, va_list args)
{
    checks(format, args, XP_PC);
    return vfprintf(file, format, args);
}

int xpi_vprintf(const char *format, va_list args)
{
    checks(format, args, XP_PC);
    return vprintf(format, args);
}

int xpi_fprintf(FILE *file, const char *format, ...)
{
    uintptr_t pc = XP_PC;
    va_list args;
    va_start(args, format);
    checks(format, args, pc);
    int length = vfprintf(file, format, args);
    va_end(args);
    return length;
}

int xpi_printf(const char *format, ...)
{
    uintptr_t pc = XP_PC;
    va_list args;
    va_start(args, format);
    checks(format, args, pc);
    int length = vprintf(format, args);
    va_end(args);
    return length;
}

int xpi_fputs(const char *text, FILE *file)
{
    uintptr_t pc = XP_PC;
    xp_not_in_handler("prints", 0, pc);
    xp_reads_text(text, pc);
    return fputs(text, file);
}

int xpi_puts(const char *text)
{
    uintptr_t pc = XP_PC;
    xp_not_in_handler("prints", 0, pc);
    xp_reads_text(text, pc);
    return puts(text);
}

int xpi_putchar(int c)
{
    xp_not_in_handler("prints", 0, XP_PC);
    return putchar(c);
}

int xpi_fputc(int c, FILE *file)
{
    xp_not_in_handler("prints", 0, XP_PC);
    return fputc(c, file);
}

size_t xpi_fwrite(const void *from, size_t size, size_t count, FILE *file)
{
    uintptr_t pc = XP_PC;
    xp_not_in_handler("prints", 0, pc);
    xp_reads(from, size * count, pc);
    return fwrite(from, size, count, file);
}

// ---------------------------------------------------------------------------
// From a file
// ---------------------------------------------------------------------------

char *xpi_fgets(char *line, int size, FILE *file)
{
    uintptr_t pc = XP_PC;
    char *got = fgets(line, size, file);
    if (got != NULL) {
        xp_writes(line, strlen(line) + 1, pc);
    }
    return got;
}

size_t xpi_fread(void *to, size_t size, size_t count, FILE *file)
{
    uintptr_t pc = XP_PC;
    size_t got = fread(to, size, count, file);
    xp_writes(to, size * got, pc);
    return got;
}

static ssize_t read_until(char **line, size_t *size, int delimiter, FILE *file,
                          uintptr_t pc)
{
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
    xp_writes(*line, length + 1, pc);
    return (ssize_t)length;
}

ssize_t xpi_getdelim(char **line, size_t *size, int delimiter, FILE *file)
{
    return read_until(line, size, delimiter, file, XP_PC);
}

ssize_t xpi_getline(char **line, size_t *size, FILE *file)
{
    return read_until(line, size, '\n', file, XP_PC);
}

// ---------------------------------------------------------------------------
// To memory
// ---------------------------------------------------------------------------

static int print_to(char *text, size_t size, const char *format, va_list args,
                    uintptr_t pc)
{
    checks(format, args, pc);
    int length = vsnprintf(text, size, format, args);
    if (length >= 0 && size > 0) {
        size_t used = (size_t)length < size ? (size_t)length + 1 : size;
        xp_writes(text, used, pc);
    }
    return length;
}

int xpi_vsnprintf(char *text, size_t size, const char *format, va_list args)
{
    return print_to(text, size, format, args, XP_PC);
}

int xpi_snprintf(char *text, size_t size, const char *format, ...)
{
    uintptr_t pc = XP_PC;
    va_list args;
    va_start(args, format);
    int length = print_to(text, size, format, args, pc);
    va_end(args);
    return length;
}

int xpi_sprintf(char *text, const char *format, ...)
{
    uintptr_t pc = XP_PC;
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    // Told before it is written: a text that is too short is found.
    checks(format, args, pc);
    if (length >= 0) {
        xp_writes(text, (size_t)length + 1, pc);
        vsnprintf(text, (size_t)length + 1, format, args);
    }
    va_end(args);
    return length;
}

static int print_new(char **result, const char *format, va_list args,
                     uintptr_t pc)
{
    checks(format, args, pc);
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
    return print_new(result, format, args, XP_PC);
}

int xpi_asprintf(char **result, const char *format, ...)
{
    uintptr_t pc = XP_PC;
    va_list args;
    va_start(args, format);
    int length = print_new(result, format, args, pc);
    va_end(args);
    return length;
}
