// What the compiler calls for plain memory: gcc and clang with
// -fsanitize=thread put a call before each access. We stand in for libtsan.

#include "internal.h"

void __tsan_init(void);
void __tsan_init(void)
{
    xp_map_state();  // constructors are instrumented, and run before main
}

void __tsan_func_entry(void *caller);
void __tsan_func_entry(void *caller)
{
    if (XP->is_active) {
        struct xp_thread *self = XP_SELF;
        if (self->call_depth < XP_MAX_CALLS) {
            self->calls[self->call_depth] = (uintptr_t)caller;
        }
        self->call_depth++;
    }
}

void __tsan_func_exit(void);
void __tsan_func_exit(void)
{
    if (XP->is_active && XP_SELF->call_depth > 0) {
        XP_SELF->call_depth--;
    }
}

#define ENTRY(name, size, how)                                 \
    void __tsan_##name(void *address);                         \
    void __tsan_##name(void *address)                          \
    {                                                          \
        xp_plain_access((uintptr_t)address, size, how, XP_PC); \
    }

#define ENTRIES(size)                            \
    ENTRY(read##size, size, 0)                   \
    ENTRY(write##size, size, XP_WRITE)           \
    ENTRY(unaligned_read##size, size, 0)         \
    ENTRY(unaligned_write##size, size, XP_WRITE) \
    ENTRY(volatile_read##size, size, 0)          \
    ENTRY(volatile_write##size, size, XP_WRITE)  \
    ENTRY(read_write##size, size, XP_WRITE)      \
    ENTRY(unaligned_read_write##size, size, XP_WRITE)

ENTRIES(1)
ENTRIES(2)
ENTRIES(4)
ENTRIES(8)
ENTRIES(16)

void __tsan_read_range(void *address, size_t size);
void __tsan_read_range(void *address, size_t size)
{
    xp_plain_access((uintptr_t)address, size, 0, XP_PC);
}

void __tsan_write_range(void *address, size_t size);
void __tsan_write_range(void *address, size_t size)
{
    xp_plain_access((uintptr_t)address, size, XP_WRITE, XP_PC);
}
