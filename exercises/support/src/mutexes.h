// What conditions.c, c11.c and stuck.c need of mutexes.c.

#ifndef MUTEXES_H
#define MUTEXES_H

#include <pthread.h>

struct actor;

// The caller is about to unlock the mutex.
void mutexes_note_given_back_locked(pthread_mutex_t *mutex);

// The caller tried to lock the mutex, with this result. Returns it.
int mutexes_note_result(pthread_mutex_t *mutex, int rc);

// Who holds the mutex, and where it was locked; NULL if nobody is known to.
const struct actor *mutexes_holder_locked(const pthread_mutex_t *mutex,
                                          const void **place);

// There is a new mutex at this address, or none any more.
void mutexes_forget(pthread_mutex_t *mutex);

#endif
