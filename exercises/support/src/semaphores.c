// The wrapped calls on semaphores. The real semaphore keeps the count; who has
// to wait for it waits in world.c.

#include "shared.h"
#include "world.h"
#include "wrapped.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/stat.h>

int __wrap_sem_init(sem_t *semaphore, int is_shared, unsigned value)
{
    const int rc = sem_init(semaphore, is_shared, value);
    if (rc == 0 && !shared_note(semaphore, is_shared != 0)) {
        sem_destroy(semaphore);
        errno = ENOSPC;
        return -1;
    }
    return rc;
}

int __wrap_sem_destroy(sem_t *semaphore)
{
    shared_note(semaphore, false);
    return sem_destroy(semaphore);
}

sem_t *__wrap_sem_open(const char *name, int flags, ...)
{
    va_list arguments;
    mode_t mode = 0;
    unsigned value = 0;
    if ((flags & O_CREAT) != 0) {
        va_start(arguments, flags);
        mode = va_arg(arguments, mode_t);
        value = va_arg(arguments, unsigned);
        va_end(arguments);
    }
    sem_t *semaphore = sem_open(name, flags, mode, value);
    if (semaphore != SEM_FAILED && !shared_note(semaphore, true)) {
        sem_close(semaphore);
        errno = ENOMEM;
        return SEM_FAILED;
    }
    return semaphore;
}

// Takes one, waiting for posts as long as others are faster.
static int wait_locked(sem_t *semaphore)
{
    int rc;
    while ((rc = sem_trywait(semaphore)) != 0 && errno == EAGAIN) {
        struct waiting waiting;
        world_begin_wait_locked(&waiting, WAIT_SEMAPHORE, semaphore);
        world_decide_locked();
        world_wait_locked(&waiting);
        world_end_wait_locked(&waiting);
    }
    return rc;
}

int __wrap_sem_wait(sem_t *semaphore)
{
    if (shared_is_noted(semaphore)) {
        return sem_wait(semaphore);
    }
    world_lock();
    const int rc = wait_locked(semaphore);
    const int error = errno;
    world_unlock();
    errno = error;
    return rc;
}

int __wrap_sem_trywait(sem_t *semaphore)
{
    const int rc = sem_trywait(semaphore);
    if (rc == 0) {
        world_poll_succeeded();
    } else if (errno == EAGAIN) {
        world_poll();
        errno = EAGAIN;
    }
    return rc;
}

int __wrap_sem_post(sem_t *semaphore)
{
    world_lock();
    const int rc = sem_post(semaphore);
    const int error = errno;
    struct waiting *waiting =
        world_first_waiting_locked(WAIT_SEMAPHORE, semaphore);
    if (rc == 0 && waiting != NULL) {
        world_release_locked(waiting);
    }
    world_unlock();
    errno = error;
    return rc;
}
