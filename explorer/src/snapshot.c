// The program before main: its static data, and the heap as constructors left
// it. A schedule is undone by bringing both back.
//
// Little data is copied. Much of it becomes a private mapping of a file in
// memory: whatever the program wrote is thrown away, and comes anew from the
// file when it is touched. So a table of megabytes costs what is used of it.

#include "internal.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

extern char __data_start[], _end[];

enum { MUCH = 256 << 10 };  // below, copying is faster

// The whole pages of the data; they are mapped when there are many.
static char *pages_begin(void)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    return (char *)(((uintptr_t)__data_start + page - 1) & ~(page - 1));
}

static size_t pages_size(void)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    return ((uintptr_t)_end & ~(page - 1)) - (uintptr_t)pages_begin();
}

static bool write_all(int file, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(file, bytes, size);
        if (written <= 0) {
            return false;
        }
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

// Puts the same pages in their own place, as a mapping. False: not possible
// here, and nothing has changed.
static bool map_pages(char *pages, size_t size)
{
    int file = memfd_create("static data", MFD_CLOEXEC);
    if (file < 0) {
        return false;
    }
    bool is_mapped = write_all(file, pages, size) &&
                     mmap(pages, size, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_FIXED, file, 0) != MAP_FAILED;
    close(file);
    return is_mapped;
}

void xp_take_snapshot(void)
{
    size_t data = (size_t)(_end - __data_start);
    size_t heap = XP->heap_end - XP_HEAP_AT;
    XP->snapshot = mmap(NULL, data + heap, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (XP->snapshot == MAP_FAILED) {
        _exit(3);
    }
    XP->heap_end_at_start = XP->heap_end;
    XP->blocks_at_start = XP->block_count;
    memcpy(XP->snapshot, __data_start, data);
    memcpy(XP->snapshot + data, (void *)XP_HEAP_AT, heap);
    if (data > MUCH && map_pages(pages_begin(), pages_size())) {
        XP->mapped_pages = pages_begin();
        XP->mapped_size = pages_size();
    }
}

// Copies back what lies in the data from..to.
static void copy_back(char *from, const char *to)
{
    memcpy(from, XP->snapshot + (from - __data_start), (size_t)(to - from));
}

static void restore_data(void)
{
    char *pages = XP->mapped_pages;
    if (pages == NULL) {
        copy_back(__data_start, _end);
        return;
    }
    madvise(pages, XP->mapped_size, MADV_DONTNEED);
    copy_back(__data_start, pages);
    copy_back(pages + XP->mapped_size, _end);
}

static void restore_heap(void)
{
    size_t data = (size_t)(_end - __data_start);
    size_t heap = XP->heap_end_at_start - XP_HEAP_AT;
    memcpy((void *)XP_HEAP_AT, XP->snapshot + data, heap);
    size_t first = heap / 16;
    size_t last = (XP->heap_end - XP_HEAP_AT) / 16 + 1;
    memset(&XP->block_of[first], 0, (last - first) * sizeof XP->block_of[0]);
    XP->heap_end = XP->heap_end_at_start;
    XP->block_count = XP->blocks_at_start;
}

void xp_restore(void)
{
    restore_data();
    restore_heap();
}
