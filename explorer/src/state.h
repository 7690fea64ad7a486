// All state of the explorer, in two mappings at fixed addresses.
//
// It lives outside the program's data so that a schedule can be undone by
// copying the program's data back, and at fixed addresses so that every
// pointer, and with it every run, repeats bit for bit. Nothing in src/ has
// writable static data. One program thread runs at a time, and the runtime
// only runs on that thread, so nothing here needs a lock.
//
//   struct xp_state   private to the process: the schedule being run
//   struct xp_shared  shared with the supervising parent: what survives a
//                     crash of the worker, and what the search has learned

#ifndef XP_STATE_H
#define XP_STATE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
    XP_EVENT_CALLS = 8,
    XP_ACCESSES_BEFORE_YIELD = 3000,  // a plain loop that may wait for others
    XP_MAX_SEEN = 1 << 21,  // accesses remembered besides the newest ones
    XP_MAX_NAMES = 512,
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

// What a step does, or what a thread waits for. Names in control.c.
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
    XP_WHAT_COUNT
};

struct xp_held {
    uintptr_t object;
    uintptr_t pc;
};

struct xp_thread {
    enum xp_thread_state state;
    bool is_detached, is_joined, timed_out, was_named;
    void *(*start)(void *);
    void *arg, *result;
    uintptr_t created_at;

    // While blocked: what for, where, until when (0: for ever).
    enum xp_what waits_for;
    uintptr_t waits_object, waits_pc;
    uint64_t deadline;
    int io_events;

    // Scheduling.
    int priority;
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
    int type;         // mutex: PTHREAD_MUTEX_*; cond: its clock
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

// ---------------------------------------------------------------------------
// Choices (strategy.c)
// ---------------------------------------------------------------------------
// A schedule is the list of its choices. Choice 0 is the default: go on with
// the running thread (or the lowest ready one), wake the first waiter, nothing
// spurious. A trace holds only the deviations from that.

enum xp_strategy { XP_WALK, XP_PCT, XP_EXHAUSTIVE, XP_REPLAY };
enum xp_mode { XP_DEFAULT, XP_SPURIOUS, XP_HOSTILE, XP_MODES };

struct xp_choice {
    uint16_t taken, options;
    uint16_t is_preemption_possible, unused;
};

struct xp_deviation {
    uint32_t at;     // number of the choice
    uint32_t taken;  // thread + 1, or the option
};

struct xp_event {
    uint32_t step;
    uint8_t thread, what, unused[2];
    uint32_t pc;
    int32_t detail;  // e.g. 1: acquired at once, 0: had to wait
    uint64_t object;
    int64_t now;
    uint32_t calls[XP_EVENT_CALLS];  // who called the function; innermost first
};

// ---------------------------------------------------------------------------
// What was found (verdict.c)
// ---------------------------------------------------------------------------

enum xp_bug {
    XP_CLEAN,
    XP_RACE,
    XP_DEADLOCK,
    XP_LOST_WAKEUP,
    XP_ASSERTION,
    XP_NONZERO_EXIT,
    XP_CRASH,
    XP_USE_AFTER_FREE,
    XP_DOUBLE_FREE,
    XP_OUT_OF_BOUNDS,
    XP_LEAK,
    XP_THREAD_LEAK,
    XP_MISUSE,
    XP_NO_PROGRESS,
    XP_LIMIT,
    XP_BUGS
};

// One side of a bug: who, where, doing what.
struct xp_note {
    int32_t thread;  // -1: none
    uint32_t what;   // enum xp_what, or XP_HOW and how memory was touched
    uint64_t object;
    uint64_t value;  // depends on `role`
    int32_t owner;   // who holds the object, or -1
    uint32_t pc;
    uint32_t calls[8];  // innermost first
    char role[24];  // "access", "other", "waits", "holds", "allocated", "freed"
};

struct xp_finding {
    enum xp_bug bug;
    char text[2048];  // in words, without places; the driver adds those
    uint32_t at;      // number of events recorded before it
    int note_count;
    struct xp_note notes[XP_MAX_NOTES];
};

struct xp_race_seen {
    uint32_t pc, other_pc;
    uint64_t schedule;
};

// ---------------------------------------------------------------------------

struct xp_options {
    uint64_t schedules, seed, max_steps, bound;
    double seconds;
    int mode;  // enum xp_mode, or -1: all in turn
    bool use_pthreads, fresh_process, keep_output, keep_going, sample_only;
    bool replaying, is_recording;
    int report_fd;
    char trace_path[512];
};

// What the program calls an object (xp_name).
struct xp_given_name {
    uint64_t address;
    char text[48];
};

// The failing schedule that will be shown (best.c).
struct xp_best {
    int rank;  // 0: there is none
    enum xp_mode mode;
    uint64_t found_at;  // number of the first schedule that failed
    uint64_t more_schedules, more_work;
    struct xp_finding finding, harm;
    bool is_adjacent;
    uint32_t deviation_count, racy_count;
    struct xp_deviation deviation[XP_MAX_DEVIATIONS];
    uint32_t racy[XP_MAX_RACY];
};

struct xp_shared {
    struct xp_options options;
    struct xp_best best;

    // This schedule's outcome. `harm`: what came of the race that was found.
    struct xp_finding finding, harm;
    uint64_t steps, points, choices, accesses;
    int64_t elapsed;
    bool is_finished;  // else the worker died in it
    bool is_adjacent;  // the race's two sides were successive steps
    uint32_t also;     // set of enum xp_bug: seen besides the finding
    uint64_t digest;   // of all schedules so far: equal searches, equal digests
    bool does_not_replay;

    // Learned by the search.
    uint64_t schedule;  // number of the current one, over all phases
    uint64_t schedule_in_phase, phase_limit;
    enum xp_mode mode;
    bool is_exhaustive, is_exhausted;
    uint64_t per_mode[XP_MODES], exhausted_schedules;
    bool out_of_time;
    double began;  // real seconds
    uint64_t max_points;
    uint32_t racy[XP_MAX_RACY], racy_count;  // switch here, too
    uint32_t newly_racy[256], newly_racy_count;
    struct xp_race_seen races[256];
    uint32_t race_count;
    struct xp_choice choice[XP_MAX_CHOICES];
    uint16_t prefix[XP_MAX_CHOICES];  // exhaustive: to be repeated
    uint32_t prefix_count;
    struct xp_deviation deviation[XP_MAX_DEVIATIONS], replay[XP_MAX_DEVIATIONS],
        saved[XP_MAX_DEVIATIONS];
    uint32_t deviation_count, replay_count;
    struct xp_event event[XP_MAX_EVENTS];
    uint32_t event_count;
    char work[XP_MAX_WORKS][48];  // what xp_work calls it
    uint32_t work_count;
    struct xp_given_name name[XP_MAX_NAMES];  // while recording
    uint32_t name_count;
};

// An access at a place where a race was seen before, as a step.
struct xp_racy_step {
    uint64_t step;
    uint32_t pc;
    int thread;
};

struct xp_state {
    bool is_active;  // between the start of main and the end of the schedule
    struct xp_finding *noting;  // where xp_note adds; NULL: not worth telling
    bool in_signal;             // this worker can run no further schedule
    int current, thread_count, live_threads;
    uint64_t threads_allowed;  // so many more
    uint32_t run;  // number of the schedule in this process, never 0
    uint64_t now, began;
    uint64_t steps, points, accesses, last_change;
    uint64_t loop_suspected_at;  // so many accesses without a step
    uint32_t epoch;              // of the running thread: in its own clock
    uint32_t first_epoch, last_epoch;  // of this schedule; so far
    struct xp_thread thread[XP_MAX_THREADS];

    enum xp_strategy strategy;
    enum xp_mode mode;
    int pct_depth, lowest_priority, preemptions, spurious_left;
    uint64_t change_point[8];
    uint64_t random_schedule, random_value;  // two streams, see random.h
    uint32_t choice_count, next_deviation;
    int last_ran, runs_alone;

    struct xp_object object[XP_MAX_OBJECTS];
    uint32_t objects_used, object_list[XP_MAX_OBJECTS];
    void (*key_destructor[XP_MAX_KEYS])(void *);
    bool key_in_use[XP_MAX_KEYS];
    int key_limit;  // none was in use from here on

    uintptr_t heap_end, heap_end_at_start;
    uint32_t block_count, blocks_at_start;
    struct xp_block block[XP_MAX_BLOCKS];
    uint32_t block_of[XP_HEAP_SIZE / 16], leak_stack[XP_MAX_BLOCKS];

    struct xp_seen seen[XP_MAX_SEEN];
    uint32_t seen_used, seen_free;  // so far; the first of those given back

    void *controller_stack, *controller_tls;
    char *snapshot;  // the program's data, then its heap, before main
    int main_argc;
    char **main_argv, **main_environment;
    struct xp_racy_step racy_before, racy_now;  // shadow.c: the last two
    uint64_t steps_at_last_tick;
    int ticks_without_step;
    uint32_t random_state_of_program;
};

#define XP ((struct xp_state *)XP_STATE_AT)
#define XPS ((struct xp_shared *)XP_SHARED_AT)
#define XP_SELF (&XP->thread[XP->current])
#define XP_PC ((uintptr_t)__builtin_return_address(0))

// Maps everything; may be called again. Called by the first constructor.
void xp_map_state(void);

#endif
