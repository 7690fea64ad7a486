// Condition variables, semaphores, barriers, once and keys of POSIX, as the
// program calls them.

#include "entry.h"

#include <errno.h>
#include <semaphore.h>
#include <string.h>

int xpi_pthread_cond_init(pthread_cond_t *cond,
                          const pthread_condattr_t *attributes)
{
    clockid_t clock = CLOCK_REALTIME;
    if (attributes != NULL) {
        pthread_condattr_getclock(attributes, &clock);
    }
    memset(cond, 0, sizeof *cond);
    return xp_cond_init(AT(cond), clock, XP_PC);
}

int xpi_pthread_cond_destroy(pthread_cond_t *cond)
{
    return xp_cond_destroy(AT(cond), XP_PC);
}

int xpi_pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex)
{
    xp_learn_mutex_type(mutex, XP_PC);
    return xp_cond_wait(AT(cond), AT(mutex), NO_DEADLINE, XP_PC);
}

int xpi_pthread_cond_clockwait(pthread_cond_t *cond, pthread_mutex_t *mutex,
                               clockid_t clock, const struct timespec *until)
{
    uintptr_t pc = XP_PC;
    xp_learn_mutex_type(mutex, pc);
    return xp_cond_wait(AT(cond), AT(mutex), xp_deadline(until, clock, pc), pc);
}

int xpi_pthread_cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex,
                               const struct timespec *until)
{
    uintptr_t pc = XP_PC;
    xp_learn_mutex_type(mutex, pc);
    clockid_t clock = xp_object(AT(cond), XP_COND, pc)->type;
    return xp_cond_wait(AT(cond), AT(mutex), xp_deadline(until, clock, pc), pc);
}

int xpi_pthread_cond_signal(pthread_cond_t *cond)
{
    return xp_cond_signal(AT(cond), false, XP_PC);
}

int xpi_pthread_cond_broadcast(pthread_cond_t *cond)
{
    return xp_cond_signal(AT(cond), true, XP_PC);
}

int xpi_sem_init(sem_t *semaphore, int shared, unsigned value)
{
    (void)shared;
    memset(semaphore, 0, sizeof *semaphore);
    return xp_sem_init(AT(semaphore), value, XP_PC);
}

int xpi_sem_destroy(sem_t *semaphore)
{
    return xp_sem_destroy(AT(semaphore), XP_PC);
}

int xpi_sem_wait(sem_t *semaphore)
{
    return xp_sem_wait(AT(semaphore), NO_DEADLINE, false, XP_PC);
}

int xpi_sem_trywait(sem_t *semaphore)
{
    return xp_sem_wait(AT(semaphore), NO_DEADLINE, true, XP_PC);
}

int xpi_sem_timedwait(sem_t *semaphore, const struct timespec *until)
{
    uintptr_t pc = XP_PC;
    return xp_sem_wait(AT(semaphore), xp_deadline(until, CLOCK_REALTIME, pc),
                       false, pc);
}

int xpi_sem_clockwait(sem_t *semaphore, clockid_t clock,
                      const struct timespec *until)
{
    uintptr_t pc = XP_PC;
    return xp_sem_wait(AT(semaphore), xp_deadline(until, clock, pc), false, pc);
}

int xpi_sem_post(sem_t *semaphore)
{
    return xp_sem_post(AT(semaphore), XP_PC);
}

int xpi_sem_getvalue(sem_t *semaphore, int *value)
{
    *value = xp_object(AT(semaphore), XP_SEMAPHORE, XP_PC)->count;
    xp_past_learn((uint64_t)*value);
    return 0;
}

int xpi_pthread_barrier_init(pthread_barrier_t *barrier,
                             const pthread_barrierattr_t *attributes,
                             unsigned count)
{
    (void)attributes;
    return xp_barrier_init(AT(barrier), count, XP_PC);
}

int xpi_pthread_barrier_destroy(pthread_barrier_t *barrier)
{
    return xp_barrier_destroy(AT(barrier), XP_PC);
}

int xpi_pthread_barrier_wait(pthread_barrier_t *barrier)
{
    return xp_barrier_wait(AT(barrier), XP_PC);
}

int xpi_pthread_once(pthread_once_t *once, void (*function)(void))
{
    xp_once(AT(once), function, XP_PC);
    return 0;
}

int xpi_pthread_key_create(pthread_key_t *key, void (*destructor)(void *))
{
    for (unsigned i = 0; i < XP_MAX_KEYS; i++) {
        if (!XP->key_in_use[i]) {
            XP->key_in_use[i] = true;
            XP->key_destructor[i] = destructor;
            XP->key_limit += (int)i == XP->key_limit;
            *key = i;
            return 0;
        }
    }
    return EAGAIN;
}

int xpi_pthread_key_delete(pthread_key_t key)
{
    if (key >= XP_MAX_KEYS || !XP->key_in_use[key]) {
        return EINVAL;
    }
    XP->key_in_use[key] = false;
    XP->key_destructor[key] = NULL;
    return 0;
}

int xpi_pthread_setspecific(pthread_key_t key, const void *value)
{
    if (key >= XP_MAX_KEYS) {
        return EINVAL;
    }
    XP_SELF->keys[key] = (void *)(uintptr_t)value;
    return 0;
}

void *xpi_pthread_getspecific(pthread_key_t key)
{
    return key < XP_MAX_KEYS ? XP_SELF->keys[key] : NULL;
}
