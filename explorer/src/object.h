// What threads share: synchronisation objects, and blocks of the heap.

#ifndef XP_OBJECT_H
#define XP_OBJECT_H

#include "thread.h"

// ---------------------------------------------------------------------------
// Synchronisation objects, found by their address (objects.c)
// ---------------------------------------------------------------------------

enum xp_kind {
    XP_NO_KIND,
    XP_MUTEX,
    XP_COND,
    XP_RWLOCK,
    XP_SEMAPHORE,
    XP_BARRIER_OBJECT,
    XP_ONCE_OBJECT,
    XP_ATOMIC_OBJECT,
    XP_ADDRESS,
    XP_MEETING
};

struct xp_object {
    uintptr_t address;
    uint32_t run;
    enum xp_kind kind;
    int type;         // mutex: PTHREAD_MUTEX_*; cond: its clock; barrier: round
    int owner;        // thread, or -1
    int count;        // recursion, readers, semaphore's value, arrived
    int needed;       // barrier
    uintptr_t guard;  // cond: the mutex of those who wait
    uint32_t readers[(XP_MAX_THREADS + 31) / 32];  // who holds for reading
    uintptr_t pc;                                  // where it was locked last
    struct xp_clock clock;                         // published by releases
    struct xp_clock readers_clock;  // rwlock, barrier: gathered so far
};

// ---------------------------------------------------------------------------
// The heap (heap.c)
// ---------------------------------------------------------------------------

struct xp_block {
    uintptr_t start;
    uint32_t size;
    bool is_freed, is_reached;
    uint8_t allocated_by, freed_by;
    uint32_t allocated_pc, allocated_caller, freed_pc, freed_caller;
};

#endif
