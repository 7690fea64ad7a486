// explorer.h: what a program may ask of, and tell, the explorer that runs it.
//
// A program needs none of this to be explored. Tests use it to check elapsed
// virtual time, to name objects in reports, and to demand that work is under
// way together. Outside the explorer, link explorer_absent.c (the target of
// that name): time is real then, nothing is counted, and xp_together says true
// at once.

#ifndef EXPLORER_H
#define EXPLORER_H

#include <stdbool.h>
#include <stdint.h>

// Is the program being explored?
bool xp_is_exploring(void);

// Nanoseconds of virtual time since the program started. Moves only when
// nobody can run (except in the hostile-clock mode).
int64_t xp_now(void);

// Ends this schedule with a bug of kind `assertion` unless exactly
// `nanoseconds` of virtual time have passed since the program started. Holds by
// definition in the hostile-clock mode, in which elapsed time means nothing.
void xp_expect_elapsed(int64_t nanoseconds);

// How many schedules were run before this one.
uint64_t xp_schedules(void);

// Gives the object at `address` (a mutex, a condition variable, a struct, a
// thread's argument) the name that reports use, from now on until this schedule
// ends. The name is copied; 47 bytes of it are kept.
void xp_name(const void *address, const char *name);

// A meeting point: returns true once `count` threads are inside at once, and
// false, to all who are inside, if that cannot happen in this schedule because
// nobody else can run. `id` tells meeting points apart.
bool xp_together(int id, int count);

// Ends this schedule with a bug of kind `assertion`. `text` says what does not
// hold; `place` is where, as __builtin_return_address says it.
void xp_fail(const void *place, const char *text) __attribute__((noreturn));

// From now on until it is called with false, the end of the program is a bug:
// a test is under way, and only it may say that all is well.
void xp_forbid_end(bool is_forbidden);

// Work that takes so much virtual time, or none: then others may run, and that
// is all. The timeline calls it `what`, of which
// 47 bytes are kept.
void xp_work(int64_t nanoseconds, const char *what);

// Lets the program create so many more threads: after that, pthread_create
// returns EAGAIN. How many it has created so far.
void xp_allow_threads(uint64_t more);
uint64_t xp_threads_created(void);

// How often the calling thread has given a mutex back so far.
uint64_t xp_unlocks(void);

// Wait on address, for libraries that block on it (cfutures' port layer).
// Returns when woken, when *address differs from `expected`, or when
// `deadline` (as xp_now counts; negative: never) has come; false only then.
bool xp_address_wait(const uint32_t *address, uint32_t expected,
                     int64_t deadline);
void xp_address_wake(const uint32_t *address, int count);

#endif
