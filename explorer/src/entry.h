// What the files that stand in for pthreads and C11 threads share.

#ifndef XP_ENTRY_H
#define XP_ENTRY_H

#include "internal.h"

#define AT(object) ((uintptr_t)(object))
#define NO_DEADLINE 0

// Threads go out to the program as their number plus one.
#define NUMBER_OF(id) ((int)(uintptr_t)(id)-1)

// A static initialiser tells a mutex's type only in the mutex itself.
void xp_learn_mutex_type(const pthread_mutex_t *mutex, uintptr_t pc);

#endif
