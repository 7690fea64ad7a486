// What conditions.c and c11.c need of mutexes.c.

#ifndef MUTEXES_H
#define MUTEXES_H

#include <pthread.h>

// The caller is about to unlock the mutex.
void mutexes_note_given_back_locked(pthread_mutex_t *mutex);

// The caller tried to lock the mutex, with this result. Returns it.
int mutexes_note_result(pthread_mutex_t *mutex, int rc);

// There is a new mutex at this address, or none any more.
void mutexes_forget(pthread_mutex_t *mutex);

#endif
