// For tests of tasks that run in other processes: memory that these share, and
// a place where tasks meet. The gate of wb_test.h is blind to other processes.
//
//     static struct wb_meeting *meeting;
//
//     cf_value count_stars(cf_value picture)      // the exercise's slow part
//     {
//         wb_meeting_attend(meeting);
//         ...
//     }
//
//     static void all_pictures_are_looked_at_at_once(void)
//     {
//         meeting = wb_meeting_call(5);           // before the code makes
//         pools count_all(...); WB_MET("count_all", meeting, "pictures");
//     }
//
// Include it in one test_NAME.c; it is not for the explorer, which has no
// processes.

#ifndef WB_PROCESSES_H
#define WB_PROCESSES_H

#include "wb_test.h"

#include <cfutures_testing.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

// Memory, all zero, that this process shares with those made after the call.
// The test's process keeps it to its end.
static inline void *wb_share(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    WB_CHECK(memory != MAP_FAILED, "There was no memory for the test itself");
    return memory;
}

// Whoever attends stays until `needed` are there at once, or until the calling
// process can't bring any more: nothing is about to start, fewer are under way,
// and the code waits for one of these, asleep or asking again and again. As
// cfutures tells of each of these changes, no clock decides.
struct wb_meeting {
    size_t needed;
    pid_t caller;  // whose own threads don't attend
    atomic_size_t present;
    atomic_size_t most_present;
    atomic_bool is_over;
    sem_t ends;  // whoever gets through lets the next one through
};

static inline void wb_meeting_end(struct wb_meeting *meeting)
{
    if (!atomic_exchange(&meeting->is_over, true)) {
        sem_post(&meeting->ends);
    }
}

static inline void wb_meeting_changed(void *context)
{
    struct wb_meeting *meeting = context;
    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    const bool is_awaited =
        now.callers_blocked > 0 || now.polls >= WB_MANY_POLLS;
    if (is_awaited && now.startable == 0 &&
        now.workers_busy < meeting->needed) {
        wb_meeting_end(meeting);
    }
}

// At most one meeting in a test, and no pool is open yet: the counts of
// cfutures begin anew.
static inline struct wb_meeting *wb_meeting_call(size_t needed)
{
    struct wb_meeting *meeting = wb_share(sizeof *meeting);
    meeting->needed = needed;
    meeting->caller = getpid();
    WB_CHECK(sem_init(&meeting->ends, 1, 0) == 0,
             "There was no semaphore for the test itself");
    cf_test_begin(wb_meeting_changed, meeting);
    return meeting;
}

// Returns at once if no meeting was called (NULL), and in the process that
// called it: a lock may keep threads apart, which the counts of cfutures don't
// tell.
static inline void wb_meeting_attend(struct wb_meeting *meeting)
{
    if (meeting == NULL || meeting->caller == getpid()) {
        return;
    }
    const size_t present = atomic_fetch_add(&meeting->present, 1) + 1;
    size_t most = meeting->most_present;
    while (present > most && !atomic_compare_exchange_weak(
                                 &meeting->most_present, &most, present)) {
    }
    if (present >= meeting->needed) {
        wb_meeting_end(meeting);
    }
    while (sem_wait(&meeting->ends) != 0) {
        // a signal came between
    }
    sem_post(&meeting->ends);
    atomic_fetch_sub(&meeting->present, 1);
}

// Fails the test unless all that were needed were there at once. `who` is the
// function that should have brought them there.
#define WB_MET(who, meeting, things) \
    wb_meeting_met((who), (meeting), (things), __FILE__, __LINE__)

static inline void wb_meeting_met(const char *who,
                                  const struct wb_meeting *meeting,
                                  const char *things, const char *file,
                                  int line)
{
    const size_t most = meeting->most_present;
    wb_check(most >= meeting->needed, file, line,
             "%zu %s should be under way at once in other processes, but only "
             "%zu ever %s: then %s waited for what it had handed over",
             meeting->needed, things, most, most == 1 ? "was" : "were", who);
}

#endif
