// The port layer: all that the library needs of an operating system beyond C11
// and POSIX threads. Every wait of the library goes through cfi_port_wait: a
// worker without work, a caller without a result, a shutdown.
//
// Two implementations of wait and wake: port_futex.c (Linux) and
// port_portable.c (POSIX mutexes and condition variables). CMake builds one of
// them. port_common.c is the same for both.

#ifndef CFI_PORT_H
#define CFI_PORT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

typedef _Atomic uint32_t cfi_word;

#define CFI_NO_DEADLINE INT64_MAX
#define CFI_WAKE_ALL INT32_MAX

// Sleeps while *word == expected, until somebody wakes this word or the
// deadline (on cfi_port_now's clock) has passed. Returns false only when it
// has. May return early for no reason: call it in a loop that checks.
//
// Compares and falls asleep in one step as seen by cfi_port_wake: a thread
// that changes the word first and wakes it then leaves no sleeper behind.
bool cfi_port_wait(cfi_word *word, uint32_t expected, int64_t deadline);

// Wakes up to `count` threads that sleep on the word (or, being careful, more).
// The word is not read: it may be that its memory is in other use by now.
void cfi_port_wake(cfi_word *word, int count);

// Nanoseconds on a clock that only goes forward.
int64_t cfi_port_now(void);

// Calls `in_child` in the child after each fork, and `at_exit` when the program
// ends by exit() or by returning from main. False: there is no memory for it.
// The explorer has no forks, and ends programs in its own way.
bool cfi_port_watch(void (*in_child)(void), void (*at_exit)(void));

// Names the calling thread for ps, top and debuggers, where the system can. Up
// to 15 bytes.
void cfi_port_name_thread(const char *name);

// The point on that clock that is so many seconds ahead: now for 0 or less, and
// CFI_NO_DEADLINE for 1e9 and more, which would not fit.
int64_t cfi_port_deadline(double seconds);

// How many CPUs this process may use, at least 1.
int cfi_port_usable_cpus(void);

#pragma GCC visibility pop

#endif
