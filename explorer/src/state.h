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

#include <features.h>
#ifndef __GLIBC__
#error "the explorer needs the GNU C library (glibc)"
#endif

#include "finding.h"
#include "object.h"
#include "signals.h"
#include "thread.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct xp_options {
    uint64_t schedules, seed, max_steps, bound;
    uint64_t exhaustive_share;  // schedules to exhaust for each one sampled
    double seconds;
    int mode;  // enum xp_mode, or -1: all in turn
    bool use_pthreads, fresh_process, keep_output, keep_going;
    bool sample_only, exhaust_only, follow_all, looks_for_leaks, checks_heap;
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

// What led to an object being as it is (past.c).
struct xp_past {
    uintptr_t object;
    uint32_t run;
    uint64_t past;
};

// A state of the program, and how many interleavings lead on from it.
struct xp_known {
    uint64_t state;          // 0: an empty place
    uint64_t interleavings;  // 0: they have not all been tried
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
    const char *why_threads;  // instead of fibers; NULL: fibers are used

    // Learned by the search.
    uint64_t schedule;  // number of the current one, over all phases
    uint64_t schedule_in_phase, phase_limit;
    enum xp_mode mode;
    bool is_exhaustive, is_exhausted;
    uint64_t per_mode[XP_MODES];
    uint64_t covers;  // so many interleavings are covered by this schedule
    uint64_t interleavings;  // covered by the exhaustive search
    uint32_t known_used;
    struct xp_known known[XP_MAX_KNOWN];
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
    bool is_end_forbidden;     // xp_forbid_end
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

    struct xp_signals signals;

    uintptr_t heap_end, heap_end_at_start, heap_mapped;
    int stacks_mapped;
    uint32_t block_count, blocks_at_start;
    struct xp_block block[XP_MAX_BLOCKS];
    uint32_t block_of[XP_HEAP_SIZE / 16], leak_stack[XP_MAX_BLOCKS];

    struct xp_past past[XP_MAX_PASTS];
    uint32_t pasts_used;
    uint64_t past_of_objects;  // their sum
    bool is_past_lost;         // too many of them

    struct xp_seen seen[XP_MAX_SEEN];
    uint32_t seen_used, seen_free;  // so far; the first of those given back

    void *controller_stack, *controller_tls;
    char *snapshot;      // the program's data, then its heap, before main
    char *mapped_pages;  // of the data, when it is much; see snapshot.c
    size_t mapped_size;
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

#endif
