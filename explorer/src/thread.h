// A thread of the program, and what is remembered of its accesses to memory.

#ifndef XP_THREAD_H
#define XP_THREAD_H

#include "layout.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

// ---------------------------------------------------------------------------
// Vector clocks (race.c) and the shadow of memory (shadow.c)
// ---------------------------------------------------------------------------

// What a thread, or an object, knows of each thread: the last epoch of which it
// has heard. What is left from an earlier schedule counts as nothing, and what
// is beyond the threads there are is never looked at.
struct xp_clock {
    uint32_t of[XP_MAX_THREADS];
};

// How memory is touched; the last three: a lock or the like is used, is
// initialised there, is destroyed there.
enum {
    XP_WRITE = 1,
    XP_ATOMIC = 2,
    XP_FREE = 4,
    XP_USE = 8,
    XP_MAKE = 16,
    XP_END = 32,
    XP_HOW = 256  // in a note: this is how, and no operation
};

// What is remembered of an access to some of 8 bytes. The newest one is in the
// shadow cell of these bytes, and links to older ones that matter besides.
struct xp_seen {
    uint32_t epoch;  // of the thread; below XP->first_epoch: nothing was seen
    uint32_t pc;     // the program is linked below 4 GiB
    uint32_t older;  // in XP->seen; 0: no more
    uint8_t thread;
    uint8_t mask;  // which of the 8 bytes
    uint8_t how;
    uint8_t unused;
};

// ---------------------------------------------------------------------------
// Threads (threads.c, sched.c)
// ---------------------------------------------------------------------------

// UNUSED -> READY <-> BLOCKED, READY -> ENDED.
enum xp_thread_state { XP_UNUSED, XP_READY, XP_BLOCKED, XP_ENDED };

// What a step does, or what a thread waits for. Names in report.c.
enum xp_what {
    XP_BEGIN,
    XP_MEMORY,
    XP_ATOMIC_OP,
    XP_LOCK,
    XP_UNLOCK,
    XP_COND_WAIT,
    XP_COND_SIGNAL,
    XP_COND_BROADCAST,
    XP_READ_LOCK,
    XP_WRITE_LOCK,
    XP_RW_UNLOCK,
    XP_SEM_WAIT,
    XP_SEM_POST,
    XP_BARRIER,
    XP_ONCE,
    XP_CREATE,
    XP_JOIN,
    XP_DETACH,
    XP_EXIT,
    XP_SLEEP,
    XP_YIELD,
    XP_CLOCK,
    XP_ALLOC,
    XP_FREED,
    XP_IO,
    XP_ADDRESS_WAIT,
    XP_ADDRESS_WAKE,
    XP_TOGETHER,
    XP_INIT,
    XP_DESTROY,
    XP_SPIN,
    XP_FORK,
    XP_WORK,
    XP_SIGNAL,
    XP_HANDLER,
    XP_SIGWAIT,
    XP_PAUSE,
    XP_WHAT_COUNT
};

// What a signal has done to a wait: nothing, or its handler was called, after
// which some calls go on waiting (SA_RESTART) and others return EINTR.
enum xp_interruption { XP_IS_NONE, XP_IS_RESUMED, XP_IS_BROKEN_OFF };

struct xp_held {
    uintptr_t object;
    uintptr_t pc;
};

struct xp_thread {
    // What is asked of all threads at every step lies together.
    enum xp_thread_state state;
    int priority;

    // While blocked: what for, where, until when (0: for ever).
    enum xp_what waits_for;
    int io_events;
    uintptr_t waits_object, waits_pc;
    uint64_t deadline;

    bool is_detached, is_joined, timed_out, was_named;
    void *(*start)(void *);
    void *arg, *result;
    uintptr_t created_at;

    // Signals (signals.c).
    uint64_t signals_blocked, signals_pending;
    int handlers, handlers_from_outside;  // now running, one within the other
    int sends_itself;                     // number of the signal; 0: none
    enum xp_interruption interruption;    // of the latest wait

    // Scheduling.
    uint64_t past;     // see past.c
    uint64_t unlocks;  // mutexes given back
    uint32_t polls;    // steps since the last one that changed anything
    uint32_t clock_reads;
    uint64_t yielded_at;        // the step of its last yield
    uint32_t fruitless_yields;  // in a row, with no change in between

    // For reports.
    uint32_t call_depth;
    uintptr_t last_pc;
    int held_count;
    char name[16];

    void *keys[XP_MAX_KEYS];

    // From here on a new thread needs nothing cleared.
    uintptr_t calls[XP_MAX_CALLS];
    struct xp_held held[XP_MAX_HELD];

    // Happens-before.
    struct xp_clock clock;
    struct xp_clock at_release_fence;   // what relaxed stores after it publish
    struct xp_clock for_acquire_fence;  // what relaxed loads before it saw

    // Context: kept from schedule to schedule (context_fiber.c, _pthread.c).
    void *stack_pointer, *tls;
    pthread_t real;
    uint32_t baton;
};

#endif
