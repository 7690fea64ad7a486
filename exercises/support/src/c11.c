// The wrapped calls of <threads.h>. In glibc its types are those of <pthread.h>
// under other names, and a thread's result is a small pointer; so each call is
// the POSIX one, with the answer translated.

#include "mutexes.h"
#include "threads_c11.h"
#include "wrapped.h"

#include <errno.h>
#include <stdint.h>

_Static_assert(sizeof(thrd_t) == sizeof(pthread_t) &&
                   sizeof(mtx_t) == sizeof(pthread_mutex_t) &&
                   sizeof(cnd_t) == sizeof(pthread_cond_t),
               "<threads.h> is not what this file takes it for");

static pthread_mutex_t *mutex_of(mtx_t *mutex)
{
    return (pthread_mutex_t *)mutex;
}

static pthread_cond_t *condition_of(cnd_t *condition)
{
    return (pthread_cond_t *)condition;
}

static int to_thrd(int rc)
{
    switch (rc) {
    case 0:
        return thrd_success;
    case EBUSY:
        return thrd_busy;
    case ETIMEDOUT:
        return thrd_timedout;
    case ENOMEM:
    case EAGAIN:
        return thrd_nomem;
    default:
        return thrd_error;
    }
}

// ----- threads -----

int __wrap_thrd_create(thrd_t *id, thrd_start_t start, void *arg)
{
    return to_thrd(threads_create_c11(id, start, arg));
}

int __wrap_thrd_join(thrd_t id, int *result)
{
    void *pointer = NULL;
    const int rc = __wrap_pthread_join(id, &pointer);
    if (rc == 0 && result != NULL) {
        *result = (int)(intptr_t)pointer;
    }
    return to_thrd(rc);
}

int __wrap_thrd_detach(thrd_t id)
{
    return to_thrd(__wrap_pthread_detach(id));
}

// ----- mutexes -----

int __wrap_mtx_init(mtx_t *mutex, int type)
{
    mutexes_forget(mutex_of(mutex));
    return mtx_init(mutex, type);
}

int __wrap_mtx_lock(mtx_t *mutex)
{
    return to_thrd(__wrap_pthread_mutex_lock(mutex_of(mutex)));
}

int __wrap_mtx_trylock(mtx_t *mutex)
{
    return to_thrd(__wrap_pthread_mutex_trylock(mutex_of(mutex)));
}

int __wrap_mtx_timedlock(mtx_t *mutex, const struct timespec *until)
{
    return to_thrd(__wrap_pthread_mutex_timedlock(mutex_of(mutex), until));
}

int __wrap_mtx_unlock(mtx_t *mutex)
{
    return to_thrd(__wrap_pthread_mutex_unlock(mutex_of(mutex)));
}

void __wrap_mtx_destroy(mtx_t *mutex)
{
    mutexes_forget(mutex_of(mutex));
    mtx_destroy(mutex);
}

// ----- condition variables -----

int __wrap_cnd_wait(cnd_t *condition, mtx_t *mutex)
{
    return to_thrd(
        __wrap_pthread_cond_wait(condition_of(condition), mutex_of(mutex)));
}

int __wrap_cnd_timedwait(cnd_t *condition, mtx_t *mutex,
                         const struct timespec *until)
{
    return to_thrd(__wrap_pthread_cond_timedwait(condition_of(condition),
                                                 mutex_of(mutex), until));
}

int __wrap_cnd_signal(cnd_t *condition)
{
    return to_thrd(__wrap_pthread_cond_signal(condition_of(condition)));
}

int __wrap_cnd_broadcast(cnd_t *condition)
{
    return to_thrd(__wrap_pthread_cond_broadcast(condition_of(condition)));
}
