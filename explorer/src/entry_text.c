// Memory and texts: what libc does with them is not instrumented, so what it
// touches is told here.

#include "entry.h"

#include <stdlib.h>
#include <string.h>

void xp_reads(const void *memory, size_t size, uintptr_t pc)
{
    if (size > 0) {
        xp_plain_access(AT(memory), size, 0, pc);
    }
}

void xp_writes(const void *memory, size_t size, uintptr_t pc)
{
    if (size > 0) {
        xp_plain_access(AT(memory), size, XP_WRITE, pc);
    }
}

void xp_reads_text(const char *text, uintptr_t pc)
{
    XP_SELF->last_pc = pc;  // in case there is no text
    xp_reads(text, strlen(text) + 1, pc);
}

void *xpi_memcpy(void *to, const void *from, size_t size)
{
    uintptr_t pc = XP_PC;
    xp_reads(from, size, pc);
    xp_writes(to, size, pc);
    return memmove(to, from, size);
}

void *xpi_memmove(void *to, const void *from, size_t size)
{
    uintptr_t pc = XP_PC;
    xp_reads(from, size, pc);
    xp_writes(to, size, pc);
    return memmove(to, from, size);
}

void *xpi_memset(void *memory, int byte, size_t size)
{
    xp_writes(memory, size, XP_PC);
    return memset(memory, byte, size);
}

int xpi_memcmp(const void *a, const void *b, size_t size)
{
    uintptr_t pc = XP_PC;
    xp_reads(a, size, pc);
    xp_reads(b, size, pc);
    return memcmp(a, b, size);
}

size_t xpi_strlen(const char *text)
{
    xp_reads_text(text, XP_PC);
    return strlen(text);
}

char *xpi_strcpy(char *to, const char *from)
{
    uintptr_t pc = XP_PC;
    xp_reads_text(from, pc);
    xp_writes(to, strlen(from) + 1, pc);
    return strcpy(to, from);
}

char *xpi_strncpy(char *to, const char *from, size_t most)
{
    uintptr_t pc = XP_PC;
    xp_reads(from, strnlen(from, most), pc);
    xp_writes(to, most, pc);
    return strncpy(to, from, most);
}

char *xpi_strcat(char *to, const char *from)
{
    uintptr_t pc = XP_PC;
    xp_reads_text(from, pc);
    xp_reads_text(to, pc);
    xp_writes(to + strlen(to), strlen(from) + 1, pc);
    return strcat(to, from);
}

int xpi_strcmp(const char *a, const char *b)
{
    uintptr_t pc = XP_PC;
    xp_reads_text(a, pc);
    xp_reads_text(b, pc);
    return strcmp(a, b);
}

int xpi_strncmp(const char *a, const char *b, size_t most)
{
    uintptr_t pc = XP_PC;
    xp_reads(a, strnlen(a, most), pc);
    xp_reads(b, strnlen(b, most), pc);
    return strncmp(a, b, most);
}

char *xpi_strncat(char *to, const char *from, size_t most)
{
    uintptr_t pc = XP_PC;
    size_t length = strnlen(from, most);
    xp_reads(from, length, pc);
    xp_reads_text(to, pc);
    xp_writes(to + strlen(to), length + 1, pc);
    return strncat(to, from, most);
}

char *xpi_stpcpy(char *to, const char *from)
{
    uintptr_t pc = XP_PC;
    xp_reads_text(from, pc);
    xp_writes(to, strlen(from) + 1, pc);
    return stpcpy(to, from);
}

char *xpi_strchr(const char *text, int c)
{
    xp_reads_text(text, XP_PC);
    return strchr(text, c);
}

char *xpi_strrchr(const char *text, int c)
{
    xp_reads_text(text, XP_PC);
    return strrchr(text, c);
}

char *xpi_strstr(const char *text, const char *part)
{
    uintptr_t pc = XP_PC;
    xp_reads_text(text, pc);
    xp_reads_text(part, pc);
    return strstr(text, part);
}

int xpi_atoi(const char *text)
{
    xp_reads_text(text, XP_PC);
    return atoi(text);
}

long xpi_strtol(const char *text, char **end, int base)
{
    xp_reads_text(text, XP_PC);
    return strtol(text, end, base);
}
