// open_memstream: a file in memory, which grows outside of the program's heap.
// At fclose the program gets a block of its own, to be freed.

#include "entry.h"

#include <stdlib.h>
#include <string.h>

struct memory_file {
    char **text;
    size_t *size;
    char *grown;  // by libc's malloc, until fclose
    size_t used;
    uintptr_t pc;  // where it was opened
};

static ssize_t append(void *cookie, const char *from, size_t size)
{
    struct memory_file *file = cookie;
    char *larger = realloc(file->grown, file->used + size + 1);
    if (larger == NULL) {
        return 0;
    }
    memcpy(larger + file->used, from, size);
    file->grown = larger;
    file->used += size;
    larger[file->used] = '\0';
    *file->text = larger;  // what fflush promises; the next write may move it
    *file->size = file->used;
    return (ssize_t)size;
}

static int hand_over(void *cookie)
{
    struct memory_file *file = cookie;
    char *text = xp_allocate(file->used + 1, 16, true, file->pc);
    if (text != NULL && file->used > 0) {
        memcpy(text, file->grown, file->used);
    }
    *file->text = text;
    *file->size = file->used;
    free(file->grown);
    free(file);
    return text != NULL ? 0 : -1;
}

FILE *xpi_open_memstream(char **text, size_t *size)
{
    struct memory_file *file = malloc(sizeof *file);
    if (file == NULL) {
        return NULL;
    }
    *file = (struct memory_file){.text = text, .size = size, .pc = XP_PC};
    const cookie_io_functions_t does = {.write = append, .close = hand_over};
    FILE *opened = fopencookie(file, "w", does);
    if (opened == NULL) {
        free(file);
    }
    return opened;
}
