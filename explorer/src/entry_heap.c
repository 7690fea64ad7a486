// The heap, as the program calls it, and functions of libc that give memory
// which the program has to free.

#include "entry.h"

#include <dirent.h>
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

enum { NATURAL = 16 };

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
    xp_reads_text(text, pc);
    return copy_text(text, strlen(text), pc);
}

char *xpi_strndup(const char *text, size_t most)
{
    uintptr_t pc = XP_PC;
    size_t length = strnlen(text, most);
    xp_reads(text, length, pc);
    return copy_text(text, length, pc);
}

wchar_t *xpi_wcsdup(const wchar_t *text)
{
    uintptr_t pc = XP_PC;
    size_t size = (wcslen(text) + 1) * sizeof *text;
    xp_reads(text, size, pc);
    wchar_t *copy = xp_allocate(size, NATURAL, false, pc);
    return copy != NULL ? memcpy(copy, text, size) : NULL;
}

void *xpi_memalign(size_t alignment, size_t size)
{
    return xp_allocate(size, alignment, false, XP_PC);
}

void *xpi_valloc(size_t size)
{
    return xp_allocate(size, (size_t)sysconf(_SC_PAGESIZE), false, XP_PC);
}

size_t xpi_malloc_usable_size(void *pointer)
{
    return xp_block_size(pointer);
}

// ---------------------------------------------------------------------------
// What libc would give from its own heap is moved to the program's
// ---------------------------------------------------------------------------

static char *move_text(char *text, uintptr_t pc)
{
    char *moved = text != NULL ? copy_text(text, strlen(text), pc) : NULL;
    free(text);
    return moved;
}

char *xpi_realpath(const char *path, char *resolved)
{
    uintptr_t pc = XP_PC;
    return resolved != NULL ? realpath(path, resolved)
                            : move_text(realpath(path, NULL), pc);
}

char *xpi_canonicalize_file_name(const char *path)
{
    return move_text(realpath(path, NULL), XP_PC);
}

char *xpi_getcwd(char *buffer, size_t size)
{
    uintptr_t pc = XP_PC;
    return buffer != NULL ? getcwd(buffer, size)
                          : move_text(getcwd(NULL, size), pc);
}

char *xpi_get_current_dir_name(void)
{
    return move_text(get_current_dir_name(), XP_PC);
}

int xpi_scandir(const char *path, struct dirent ***list,
                int (*chosen)(const struct dirent *),
                int (*compare)(const struct dirent **, const struct dirent **))
{
    uintptr_t pc = XP_PC;
    struct dirent **found;
    int count = scandir(path, &found, chosen, compare);
    if (count < 0) {
        return count;
    }
    size_t size = (size_t)count * sizeof(struct dirent *);
    *list = xp_allocate(size, NATURAL, false, pc);
    for (int i = 0; i < count; i++) {
        if (*list != NULL) {
            (*list)[i] = xp_allocate(found[i]->d_reclen, NATURAL, false, pc);
            memcpy((*list)[i], found[i], found[i]->d_reclen);
        }
        free(found[i]);
    }
    free(found);
    return *list != NULL ? count : -1;
}
