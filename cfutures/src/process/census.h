// How many threads may run code of the program's own, so that a fork might
// catch them with a lock in their hands?
//
// Attendants don't count, as long as they run no callback. While the census is
// being taken, and until the fork is done, none begins one.

#ifndef CFI_CENSUS_H
#define CFI_CENSUS_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

// The calling thread runs code of the library's only, until it leaves.
struct cfi_attending {
    long thread;
    struct cfi_attending *next;
};

void cfi_census_enter(struct cfi_attending *attending);
void cfi_census_leave(struct cfi_attending *attending);

// Around the creation of such a thread, which enters by itself: it ends with
// that, or here if there is none.
void cfi_census_thread_begins(void);
void cfi_census_thread_has_begun(void);

// Around a change of the library's descriptors, and of what it knows of them. A
// fork copies the one and then the other, so none begins meanwhile. Short, and
// with no wait for a lock in it.
void cfi_census_change_begins(void);
void cfi_census_change_ends(void);

// Waits until threads that begin have entered, and changes have ended.
void cfi_census_begin(void);
void cfi_census_end(void);

// Between the two: those that are just ending are not counted. 0: the system
// doesn't say.
size_t cfi_census_count(void);

// After a fork, in the child.
void cfi_census_forget(void);

#pragma GCC visibility pop

#endif
