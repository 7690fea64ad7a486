// Maps the explorer's state, the program's heap and stacks, and the shadow of
// its memory. The state comes first, from the first constructor of the program
// or from main; without it the process ends, with a word to whoever built it.
// The rest is mapped as far as it is used: an emulator goes through all that is
// mapped at each fork.

#include "internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

extern char _end[];

enum { HEAP_STEP = 4 << 20 };

static bool map(uintptr_t at, size_t size, int sharing)
{
    int flags = sharing | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE | MAP_NORESERVE;
    void *got = mmap((void *)at, size, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (got != MAP_FAILED && got != (void *)at) {
        errno = ENOTSUP;  // a kernel that takes the address as a hint
    }
    return got == (void *)at;
}

static void must_map(uintptr_t at, size_t size, int sharing)
{
    if (!map(at, size, sharing)) {
        dprintf(STDERR_FILENO,
                "explorer: %zu MiB at %#zx can't be mapped (%s). It takes 47 "
                "bits of addresses, and no limit on them (ulimit -v).\n",
                size >> 20, (size_t)at, strerror(errno));
        _exit(3);
    }
}

static void check_place_of_program(void)
{
    if ((uintptr_t)_end > XP_DATA_LIMIT) {
        dprintf(STDERR_FILENO,
                "explorer: the program is not linked to a fixed low address "
                "(-no-pie).\n");
        _exit(3);
    }
}

void xp_map_state(void)
{
    static bool is_mapped;  // part of the snapshot, so it stays set
    if (is_mapped) {
        return;
    }
    is_mapped = true;
    check_place_of_program();
    must_map(XP_STATE_AT, sizeof(struct xp_state), MAP_PRIVATE);
    must_map(XP_SHARED_AT, sizeof(struct xp_shared), MAP_SHARED);
    must_map(XP_DATA_SHADOW_AT, XP_SHADOW_OF((uintptr_t)_end), MAP_PRIVATE);
    must_map(XP_HEAP_AT, HEAP_STEP, MAP_PRIVATE);
    must_map(XP_HEAP_SHADOW_AT, XP_SHADOW_OF(HEAP_STEP), MAP_PRIVATE);
    XP->run = 1;
    XP->heap_end = XP_HEAP_AT + 16;
    XP->heap_mapped = XP_HEAP_AT + HEAP_STEP;
}

bool xp_map_heap(uintptr_t end)
{
    while (XP->heap_mapped < end) {
        uintptr_t shadow =
            XP_HEAP_SHADOW_AT + XP_SHADOW_OF(XP->heap_mapped - XP_HEAP_AT);
        if (!map(XP->heap_mapped, HEAP_STEP, MAP_PRIVATE) ||
            !map(shadow, XP_SHADOW_OF(HEAP_STEP), MAP_PRIVATE)) {
            return false;
        }
        XP->heap_mapped += HEAP_STEP;
    }
    return true;
}

// Below what is usable nothing is mapped, so that it is seen when a stack is
// used up; but it has a shadow.
bool xp_map_stack(int thread)
{
    while (XP->stacks_mapped <= thread) {
        uintptr_t offset = (uintptr_t)XP->stacks_mapped * XP_STACK_SIZE;
        uintptr_t bottom = offset + XP_STACK_SIZE - XP_STACK_USABLE;
        uintptr_t shadow = XP_STACK_SHADOW_AT + XP_SHADOW_OF(offset);
        if (!map(XP_STACKS_AT + bottom, XP_STACK_USABLE, MAP_PRIVATE) ||
            !map(shadow, XP_SHADOW_OF(XP_STACK_SIZE), MAP_PRIVATE)) {
            return false;
        }
        XP->stacks_mapped++;
    }
    return true;
}
