// What mutexes, condition variables and read-write locks share.

#ifndef XP_LOCKS_H
#define XP_LOCKS_H

#include "internal.h"

// Who holds what is kept with the thread, for deadlock reports.
void xp_hold(uintptr_t lock, uintptr_t pc);
void xp_let_go(int thread, uintptr_t lock);

// A lock is touched as an atomic would be: racing with its initialisation or
// its end is a bug, racing with another use is not.
void xp_touch(uintptr_t lock, uintptr_t pc);

// Without a switch point before: waits until the mutex is free and takes it;
// gives it back.
int xp_mutex_lock_now(uintptr_t mutex, uint64_t deadline, bool try_only,
                      uintptr_t pc);
int xp_mutex_unlock_now(uintptr_t mutex, uintptr_t pc);

#endif
