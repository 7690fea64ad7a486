// The wrapped calls. Code under test and test modules are linked with
// -Wl,--wrap=NAME for each NAME of wrapped_names.txt, so that their calls of
// NAME arrive here as __wrap_NAME. Each does what NAME does, by the real call
// of the same name, and tells the world who waits for what.
//
// Not modelled, and therefore taken for running: who waits in a read-write
// lock, a barrier, a spin lock, in any wait with a time limit, for an object
// that is shared between processes, and in a system call. A gate that depends
// on these waits for the test's time limit instead of giving up at once.
// A robust mutex whose owner has died, and sem_post in a signal handler, must
// not be mixed with gates.

#ifndef WRAPPED_H
#define WRAPPED_H

#include <pthread.h>
#include <semaphore.h>
#include <threads.h>
#include <time.h>

// threads.c
int __wrap_pthread_create(pthread_t *id, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *arg);
int __wrap_pthread_join(pthread_t id, void **result);
int __wrap_pthread_detach(pthread_t id);
int __wrap_pthread_cancel(pthread_t id);

// mutexes.c
int __wrap_pthread_mutex_init(pthread_mutex_t *mutex,
                              const pthread_mutexattr_t *attributes);
int __wrap_pthread_mutex_lock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_trylock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_timedlock(pthread_mutex_t *mutex,
                                   const struct timespec *until);
int __wrap_pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
                                   const struct timespec *until);
int __wrap_pthread_mutex_unlock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_destroy(pthread_mutex_t *mutex);

// conditions.c
int __wrap_pthread_cond_init(pthread_cond_t *condition,
                             const pthread_condattr_t *attributes);
int __wrap_pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex);
int __wrap_pthread_cond_timedwait(pthread_cond_t *condition,
                                  pthread_mutex_t *mutex,
                                  const struct timespec *until);
int __wrap_pthread_cond_clockwait(pthread_cond_t *condition,
                                  pthread_mutex_t *mutex, clockid_t clock,
                                  const struct timespec *until);
int __wrap_pthread_cond_signal(pthread_cond_t *condition);
int __wrap_pthread_cond_broadcast(pthread_cond_t *condition);
int __wrap_pthread_cond_destroy(pthread_cond_t *condition);

// semaphores.c
int __wrap_sem_init(sem_t *semaphore, int shared, unsigned value);
sem_t *__wrap_sem_open(const char *name, int flags, ...);
int __wrap_sem_wait(sem_t *semaphore);
int __wrap_sem_trywait(sem_t *semaphore);
int __wrap_sem_post(sem_t *semaphore);
int __wrap_sem_destroy(sem_t *semaphore);

// c11.c
int __wrap_thrd_create(thrd_t *id, thrd_start_t start, void *arg);
int __wrap_thrd_join(thrd_t id, int *result);
int __wrap_thrd_detach(thrd_t id);
int __wrap_mtx_init(mtx_t *mutex, int type);
int __wrap_mtx_lock(mtx_t *mutex);
int __wrap_mtx_trylock(mtx_t *mutex);
int __wrap_mtx_timedlock(mtx_t *mutex, const struct timespec *until);
int __wrap_mtx_unlock(mtx_t *mutex);
void __wrap_mtx_destroy(mtx_t *mutex);
int __wrap_cnd_wait(cnd_t *condition, mtx_t *mutex);
int __wrap_cnd_timedwait(cnd_t *condition, mtx_t *mutex,
                         const struct timespec *until);
int __wrap_cnd_signal(cnd_t *condition);
int __wrap_cnd_broadcast(cnd_t *condition);

// pauses.c
unsigned __wrap_sleep(unsigned seconds);
int __wrap_usleep(unsigned microseconds);
int __wrap_nanosleep(const struct timespec *length, struct timespec *left);
int __wrap_clock_nanosleep(clockid_t clock, int flags,
                           const struct timespec *length,
                           struct timespec *left);
int __wrap_thrd_sleep(const struct timespec *length, struct timespec *left);
int __wrap_sched_yield(void);
void __wrap_thrd_yield(void);

#endif
