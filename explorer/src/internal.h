// What the rooms of the explorer offer each other, a section a file.
//
//   entry_*.c     what the program calls: thin, they find the caller's place
//                 and pass on to the rooms below
//   sched.c       who runs next; blocking and waking; the clock's advance
//   strategy.c    how a choice is made: at random, by priorities, in order,
//                 replayed
//   context*.c    switching from thread to thread: fibers, or real threads;
//                 machine_*.c, tls.c: what fibers need of processor and libc
//   objects.c, mutexes.c, conditions.c, rwlocks.c, waits.c, meetings.c,
//   threads.c, clock.c      synchronisation
//   shadow.c      what is remembered of memory
//   race.c        happens-before
//   past.c        which states are the same
//   heap.c        malloc, and what can be wrong with it
//   requests.c    what tests that know of the explorer ask of it
//   verdict.c, deadlock.c, crashes.c    how a schedule ends
//   map.c, snapshot.c, schedule.c   memory; its reset; one schedule in it
//   search.c, await.c       many schedules, in worker processes
//   best.c, minimise.c      the one that is shown
//   control.c, trace.c, report.c    the process: options, traces, its result

#ifndef XP_INTERNAL_H
#define XP_INTERNAL_H

#include "state.h"

#include <sys/types.h>
#include <time.h>

// ----- sched.c -----

// A point at which another thread may run. Every visible operation begins
// with one.
void xp_step(enum xp_what what, uintptr_t object, uintptr_t pc);
void xp_yield(enum xp_what what, uintptr_t object, uintptr_t pc);
// Tells that the running thread has changed something others can see. A thread
// whose steps change nothing is spinning, and is made to yield.
void xp_changed(void);
// Blocks the running thread until xp_wake, or the deadline (0: none; in
// virtual nanoseconds). False when the deadline came.
bool xp_block(enum xp_what what, uintptr_t object, uintptr_t pc,
              uint64_t deadline);
// Makes everyone ready who waits for that; returns how many.
int xp_wake(enum xp_what what, uintptr_t object);
void xp_wake_thread(int thread);
// Threads waiting for that, in the order of their numbers; returns how many.
int xp_waiters(enum xp_what what, uintptr_t object, int *threads);
// Picks and runs another thread; the current one is blocked or ended.
void xp_schedule(bool is_yielding);
// Has that thread yielded, and nothing changed since? It looks again in vain.
bool xp_waits_for_change(int thread);
// Records an event when the run is recorded for showing.
void xp_event(enum xp_what what, uintptr_t object, uintptr_t pc, int detail);

// ----- strategy.c -----

void xp_strategy_begin(uint64_t schedule);
// Which of the ready threads runs? `ready[0]` is the default.
int xp_choose_thread(const int *ready, int count, bool is_yielding);
// Which of `count` equal options? 0 is the default.
int xp_choose(int count);
// Does the unlikely thing happen that the mode allows? One chance in `one_in`.
bool xp_unlikely(enum xp_mode mode, int one_in);
// For priorities: a stream of its own, so that drawing one changes no choice.
uint64_t xp_random_value(void);
// Exhaustive: the next prefix. False when all have been tried.
bool xp_next_prefix(void);

// ----- context*.c: threads as fibers, or as real ones -----

// Why fibers do not work here, in words; NULL: they do.
const char *xp_why_no_fibers(void);
bool xp_context_create(int thread);
void xp_context_switch(int from, int to);
// Runs thread 0 until the schedule ends. Then fibers return; with real threads
// the process ends.
void xp_context_run(void);
void xp_context_leave(void) __attribute__((noreturn));

// ----- objects.c -----

// The object of that kind at an address, made when it is new. An address that
// was of another kind before is a new object (memory was used again).
struct xp_object *xp_object(uintptr_t address, enum xp_kind kind, uintptr_t pc);
struct xp_object *xp_object_if_known(uintptr_t address);
void xp_object_forget_range(uintptr_t address, size_t size);

// ----- threads.c -----

// Returns the number of the new thread, or -1. Unless it is NULL, *id is
// written before the new thread can run, which POSIX does not promise.
int xp_thread_create(pthread_t *id, void *(*start)(void *), void *arg,
                     bool is_detached, uintptr_t pc);
int xp_thread_join(int thread, void **result, uint64_t deadline, bool try_only,
                   uintptr_t pc);
int xp_thread_detach(int thread, uintptr_t pc);
void xp_thread_end(void *result) __attribute__((noreturn));
void xp_thread_begin(int thread);  // first code on a new context; never returns

// ----- mutexes.c, rwlocks.c, conditions.c, waits.c, meetings.c -----

int xp_mutex_init(uintptr_t mutex, int type, uintptr_t pc);
int xp_mutex_destroy(uintptr_t mutex, uintptr_t pc);
int xp_mutex_lock(uintptr_t mutex, uint64_t deadline, bool try_only,
                  uintptr_t pc);
int xp_mutex_unlock(uintptr_t mutex, uintptr_t pc);
int xp_rwlock_init(uintptr_t lock, uintptr_t pc);
int xp_rwlock_lock(uintptr_t lock, bool to_write, uint64_t deadline,
                   bool try_only, uintptr_t pc);
int xp_rwlock_unlock(uintptr_t lock, uintptr_t pc);
int xp_rwlock_destroy(uintptr_t lock, uintptr_t pc);
int xp_cond_init(uintptr_t cond, int clock, uintptr_t pc);
int xp_cond_destroy(uintptr_t cond, uintptr_t pc);
int xp_cond_wait(uintptr_t cond, uintptr_t mutex, uint64_t deadline,
                 uintptr_t pc);
int xp_cond_signal(uintptr_t cond, bool to_all, uintptr_t pc);
int xp_sem_init(uintptr_t semaphore, unsigned value, uintptr_t pc);
int xp_sem_destroy(uintptr_t semaphore, uintptr_t pc);
int xp_sem_wait(uintptr_t semaphore, uint64_t deadline, bool try_only,
                uintptr_t pc);
int xp_sem_post(uintptr_t semaphore, uintptr_t pc);
int xp_barrier_init(uintptr_t barrier, unsigned count, uintptr_t pc);
int xp_barrier_destroy(uintptr_t barrier, uintptr_t pc);
int xp_barrier_wait(uintptr_t barrier, uintptr_t pc);
void xp_once(uintptr_t once, void (*function)(void), uintptr_t pc);
bool xp_give_up_meetings(void);

// ----- clock.c -----

uint64_t xp_deadline(const struct timespec *time, clockid_t clock,
                     uintptr_t pc);
// Returns what was left when a signal ended it early.
uint64_t xp_sleep(uint64_t nanoseconds, uintptr_t pc);
void xp_read_clock(clockid_t clock, struct timespec *time, uintptr_t pc);
// Moves the clock to the earliest deadline. False if there is none.
bool xp_clock_advance(void);

// ----- race.c -----

void xp_clock_join(struct xp_clock *into, const struct xp_clock *from);
void xp_clock_copy(struct xp_clock *into, const struct xp_clock *from);
void xp_clock_clear(struct xp_clock *clock);
// The running thread publishes what it did: what it does from now on is later.
void xp_tick(void);
void xp_new_epoch(int thread);
// Should this process end after the schedule? The next one starts anew.
bool xp_epochs_are_used_up(void);
void xp_acquire(const struct xp_object *object);
void xp_release(struct xp_object *object);
void xp_adopt_racy(uint32_t pc);  // between schedules only
bool xp_is_racy(uint32_t pc);
// The running thread's access and another, seen before, are a race.
void xp_found_race(const struct xp_seen *other, uintptr_t address, int how,
                   uintptr_t pc);

// ----- shadow.c -----

// The running thread touches memory: checks the heap and happens-before, and
// remembers the access. `how` is a set of XP_WRITE, XP_ATOMIC, XP_FREE.
void xp_access(uintptr_t address, size_t size, int how, uintptr_t pc);
// The same with a switch point before it where that is worth it.
void xp_plain_access(uintptr_t address, size_t size, int how, uintptr_t pc);
void xp_shadow_begin(void);  // of a schedule

// ----- past.c -----

// For the exhaustive search, which does not follow a state twice. Each does
// nothing in another one.
void xp_past_begin(void);  // of a schedule
// The running thread is about to do something; does it; has done it.
void xp_past_intend(enum xp_what what, uintptr_t object);
void xp_past_step(enum xp_what what, uintptr_t object);
void xp_past_event(enum xp_what what, uintptr_t object, int detail);
void xp_past_resume(uint64_t since);  // it goes on, after it has waited
// The running thread gets a value that depends on the order of steps in a way
// which these do not tell.
void xp_past_learn(uint64_t value);
// A choice is new. Ends the schedule if its state has been followed before.
void xp_enter_state(bool is_yielding);
// Everything has been tried that leads on from the state of that choice.
void xp_leave_state(const struct xp_choice *choice);

// ----- heap.c -----

void *xp_allocate(size_t size, size_t alignment, bool zeroed, uintptr_t pc);
void xp_free(void *pointer, uintptr_t pc);
void *xp_reallocate(void *pointer, size_t size, uintptr_t pc);
bool xp_is_on_heap(uintptr_t address);
void xp_heap_check(uintptr_t address, size_t size, int how, uintptr_t pc);
size_t xp_block_size(const void *pointer);
void xp_find_leaks(void);

// ----- io.c -----

// Until reading or writing would not block. False: a signal broke it off.
bool xp_wait_for_descriptor(int descriptor, int events, uintptr_t pc);
bool xp_poll_descriptors(void);

// ----- verdict.c -----

// Starts a finding: the kind and the sentence; xp_note adds places.
void xp_find(enum xp_bug bug, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct xp_note *xp_note(const char *role, int thread, unsigned what,
                        uintptr_t object, uintptr_t pc);
// Was it found by happens-before, in a schedule that went on?
bool xp_is_unordered(const struct xp_finding *finding);
// Such a bug is told even if a data race was seen before.
bool xp_says_more_than_race(enum xp_bug bug);
// Ends the schedule, with what xp_find told, or clean.
void xp_end(void) __attribute__((noreturn));
// One of the running thread doing something wrong: find, note, end.
void xp_misuse(uintptr_t object, uintptr_t pc, const char *format, ...)
    __attribute__((format(printf, 3, 4), noreturn));
void xp_deadlock(void) __attribute__((noreturn));
void xp_program_returned(int code) __attribute__((noreturn));
uint32_t xp_caller(int thread, int level);

// ----- search.c: many schedules, in worker processes -----

void xp_search(void);       // until a bug is found or the budget is used up
bool xp_replay_once(void);  // XPS->replay in a fresh worker; true: a bug showed
double xp_real_seconds(void);

// ----- snapshot.c -----

void xp_take_snapshot(void);  // of the pristine program, once
void xp_restore(void);        // makes the program what it was then

// ----- schedule.c: one schedule, in this process -----

void xp_run_schedule(void);

// ----- map.c: where things are (state.h) -----

// May be called again. Called by the first constructor, or by main.
void xp_map_state(void);
// The heap up to there, with its shadow. False when memory is short.
bool xp_map_heap(uintptr_t end);
// The stacks of the threads up to that one, with their shadows; the same.
bool xp_map_stack(int thread);

// ----- crashes.c: signals that end a schedule -----

void xp_catch_signals(void);
// Each real thread needs one, to tell that its stack is used up.
void xp_use_signal_stack(void);

// ----- await.c: a worker's end -----

#define XP_STANDS_STILL SIGUSR2  // sent to a worker; crashes.c handles it
// Returns its exit status, or -1 if it was killed.
int xp_await(pid_t worker);

// ----- best.c: which failing schedule is shown -----

// After a schedule: keeps it if it is the best to show so far; true when it is
// time to stop.
bool xp_has_best(void);
void xp_take_best(void);  // it is to be replayed

// ----- minimise.c: fewer forced switches, the same bug -----

void xp_minimise(void);

// ----- trace.c, report.c: files and JSON -----

bool xp_trace_read(const char *path);
void xp_report(void);
const char *xp_bug_name(enum xp_bug bug);
const char *xp_what_name(enum xp_what what);
const char *xp_mode_name(enum xp_mode mode);

#endif
