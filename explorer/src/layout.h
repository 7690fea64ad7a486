// How much of everything there can be, and where it is mapped.

#ifndef XP_LAYOUT_H
#define XP_LAYOUT_H

enum {
    XP_MAX_THREADS = 200,
    XP_MAX_OBJECTS = 16384,   // power of two
    XP_MAX_BLOCKS = 1 << 18,  // heap blocks in one schedule
    XP_MAX_CHOICES = 1 << 18,
    XP_MAX_DEVIATIONS = 1 << 14,
    XP_MAX_RACY = 4096,  // power of two
    XP_MAX_EVENTS = 1 << 15,
    XP_MAX_CALLS = 192,  // call stack kept of a thread
    XP_MAX_HELD = 32,
    XP_MAX_KEYS = 64,
    XP_MAX_NOTES = 64,
    XP_MAX_WORKS = 256,
    XP_EVENT_CALLS = 12,              // enough to reach the caller of a library
    XP_ACCESSES_BEFORE_YIELD = 3000,  // a plain loop that may wait for others
    XP_MAX_SEEN = 1 << 21,  // accesses remembered besides the newest ones
    XP_MAX_NAMES = 512,
    XP_MAX_PASTS = 4096,     // power of two: objects in an exhaustive search
    XP_MAX_KNOWN = 1 << 20,  // power of two: states that it has followed
};

// Where things are mapped. Each region has its shadow: one cell for 8 bytes.
#define XP_STATE_AT 0x100000000000ULL
#define XP_SHARED_AT 0x140000000000ULL
#define XP_HEAP_AT 0x200000000000ULL
#define XP_STACKS_AT 0x300000000000ULL
#define XP_HEAP_SHADOW_AT 0x400000000000ULL
#define XP_STACK_SHADOW_AT 0x500000000000ULL
#define XP_DATA_SHADOW_AT 0x600000000000ULL
#define XP_HEAP_SIZE (256ULL << 20)
#define XP_STACK_SIZE (1ULL << 20)  // distance of two stacks
#define XP_STACK_USABLE (960ULL << 10)
#define XP_DATA_LIMIT (1ULL << 30)  // the program is linked below this
#define XP_SHADOW_OF(size) ((size) / 8 * sizeof(struct xp_seen))

#endif
