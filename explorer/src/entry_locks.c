// Mutexes, spinlocks and read-write locks of POSIX, as the program calls them.

#include "entry.h"

#include <string.h>

int xpi_pthread_mutex_init(pthread_mutex_t *mutex,
                           const pthread_mutexattr_t *attributes)
{
    int type = PTHREAD_MUTEX_DEFAULT;
    if (attributes != NULL) {
        pthread_mutexattr_gettype(attributes, &type);
    }
    memset(mutex, 0, sizeof *mutex);
    mutex->__data.__kind = type;
    return xp_mutex_init(AT(mutex), type, XP_PC);
}

void xp_learn_mutex_type(const pthread_mutex_t *mutex, uintptr_t pc)
{
    if (XP->is_active) {
        xp_heap_check(AT(mutex), sizeof *mutex, XP_ATOMIC | XP_USE, pc);
        struct xp_object *object = xp_object(AT(mutex), XP_MUTEX, pc);
        object->type = mutex->__data.__kind & 3;
    }
}

int xpi_pthread_mutex_destroy(pthread_mutex_t *mutex)
{
    return xp_mutex_destroy(AT(mutex), XP_PC);
}

int xpi_pthread_mutex_lock(pthread_mutex_t *mutex)
{
    xp_learn_mutex_type(mutex, XP_PC);
    return xp_mutex_lock(AT(mutex), NO_DEADLINE, false, XP_PC);
}

int xpi_pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    xp_learn_mutex_type(mutex, XP_PC);
    return xp_mutex_lock(AT(mutex), NO_DEADLINE, true, XP_PC);
}

int xpi_pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
                                const struct timespec *until)
{
    uintptr_t pc = XP_PC;
    xp_learn_mutex_type(mutex, pc);
    return xp_mutex_lock(AT(mutex), xp_deadline(until, clock, pc), false, pc);
}

int xpi_pthread_mutex_timedlock(pthread_mutex_t *mutex,
                                const struct timespec *until)
{
    uintptr_t pc = XP_PC;
    xp_learn_mutex_type(mutex, pc);
    return xp_mutex_lock(AT(mutex), xp_deadline(until, CLOCK_REALTIME, pc),
                         false, pc);
}

int xpi_pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    xp_learn_mutex_type(mutex, XP_PC);
    return xp_mutex_unlock(AT(mutex), XP_PC);
}

int xpi_pthread_spin_init(pthread_spinlock_t *lock, int shared)
{
    (void)shared;
    *lock = 0;
    return 0;
}

int xpi_pthread_spin_destroy(pthread_spinlock_t *lock)
{
    return xp_mutex_destroy(AT(lock), XP_PC);
}

int xpi_pthread_spin_lock(pthread_spinlock_t *lock)
{
    return xp_mutex_lock(AT(lock), NO_DEADLINE, false, XP_PC);
}

int xpi_pthread_spin_trylock(pthread_spinlock_t *lock)
{
    return xp_mutex_lock(AT(lock), NO_DEADLINE, true, XP_PC);
}

int xpi_pthread_spin_unlock(pthread_spinlock_t *lock)
{
    return xp_mutex_unlock(AT(lock), XP_PC);
}

int xpi_pthread_rwlock_init(pthread_rwlock_t *lock,
                            const pthread_rwlockattr_t *attributes)
{
    (void)attributes;
    memset(lock, 0, sizeof *lock);
    return xp_rwlock_init(AT(lock), XP_PC);
}

int xpi_pthread_rwlock_destroy(pthread_rwlock_t *lock)
{
    return xp_rwlock_destroy(AT(lock), XP_PC);
}

int xpi_pthread_rwlock_rdlock(pthread_rwlock_t *lock)
{
    return xp_rwlock_lock(AT(lock), false, NO_DEADLINE, false, XP_PC);
}

int xpi_pthread_rwlock_wrlock(pthread_rwlock_t *lock)
{
    return xp_rwlock_lock(AT(lock), true, NO_DEADLINE, false, XP_PC);
}

int xpi_pthread_rwlock_tryrdlock(pthread_rwlock_t *lock)
{
    return xp_rwlock_lock(AT(lock), false, NO_DEADLINE, true, XP_PC);
}

int xpi_pthread_rwlock_trywrlock(pthread_rwlock_t *lock)
{
    return xp_rwlock_lock(AT(lock), true, NO_DEADLINE, true, XP_PC);
}

int xpi_pthread_rwlock_timedrdlock(pthread_rwlock_t *lock,
                                   const struct timespec *until)
{
    uintptr_t pc = XP_PC;
    return xp_rwlock_lock(AT(lock), false,
                          xp_deadline(until, CLOCK_REALTIME, pc), false, pc);
}

int xpi_pthread_rwlock_timedwrlock(pthread_rwlock_t *lock,
                                   const struct timespec *until)
{
    uintptr_t pc = XP_PC;
    return xp_rwlock_lock(AT(lock), true,
                          xp_deadline(until, CLOCK_REALTIME, pc), false, pc);
}

int xpi_pthread_rwlock_unlock(pthread_rwlock_t *lock)
{
    return xp_rwlock_unlock(AT(lock), XP_PC);
}
