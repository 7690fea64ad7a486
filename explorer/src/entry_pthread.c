// POSIX threads, as the program calls them: each xpi_NAME stands for NAME in
// the program's objects (names.txt). Thread numbers go out plus one.

#include "internal.h"

#include <errno.h>
#include <semaphore.h>
#include <string.h>

#define AT(object) ((uintptr_t)(object))
#define NUMBER_OF(id) ((int)(uintptr_t)(id)-1)
#define NO_DEADLINE 0

// ---------------------------------------------------------------------------
// Threads
// ---------------------------------------------------------------------------

int xpi_pthread_create(pthread_t *id, const pthread_attr_t *attributes,
                       void *(*start)(void *), void *arg)
{
    uintptr_t pc = XP_PC;
    int detach_state = PTHREAD_CREATE_JOINABLE;
    if (attributes != NULL) {
        pthread_attr_getdetachstate(attributes, &detach_state);
    }
    // Written before the new thread can run, as POSIX does not promise; so to
    // happens-before it is written after the start, and a reader in the new
    // thread is flagged if nothing orders it.
    *id = (pthread_t)(XP->thread_count + 1);
    int number = xp_thread_create(start, arg,
                                  detach_state == PTHREAD_CREATE_DETACHED, pc);
    xp_plain_access(AT(id), sizeof *id, XP_WRITE, pc);
    return number < 0 ? EAGAIN : 0;
}

int xpi_pthread_join(pthread_t id, void **result)
{
    return xp_thread_join(NUMBER_OF(id), result, NO_DEADLINE, false, XP_PC);
}

int xpi_pthread_tryjoin_np(pthread_t id, void **result)
{
    return xp_thread_join(NUMBER_OF(id), result, NO_DEADLINE, true, XP_PC);
}

int xpi_pthread_timedjoin_np(pthread_t id, void **result,
                             const struct timespec *until)
{
    uintptr_t pc = XP_PC;
    return xp_thread_join(NUMBER_OF(id), result,
                          xp_deadline(until, CLOCK_REALTIME, pc), false, pc);
}

int xpi_pthread_detach(pthread_t id)
{
    return xp_thread_detach(NUMBER_OF(id), XP_PC);
}

void xpi_pthread_exit(void *result) __attribute__((noreturn));
void xpi_pthread_exit(void *result)
{
    XP_SELF->last_pc = XP_PC;
    xp_thread_end(result);
}

pthread_t xpi_pthread_self(void)
{
    return (pthread_t)(XP->current + 1);
}

int xpi_pthread_equal(pthread_t a, pthread_t b)
{
    return a == b;
}

int xpi_sched_yield(void)
{
    xp_yield(XP_YIELD, 0, XP_PC);
    return 0;
}

int xpi_pthread_setname_np(pthread_t id, const char *name)
{
    int number = NUMBER_OF(id);
    if (strlen(name) >= sizeof XP->thread[0].name) {
        return ERANGE;
    }
    if (number >= 0 && number < XP->thread_count) {
        strcpy(XP->thread[number].name, name);
    }
    return 0;
}

int xpi_pthread_setaffinity_np(pthread_t id, size_t size, const void *set)
{
    (void)id, (void)size, (void)set;
    return 0;
}

int xpi_pthread_kill(pthread_t id, int number)
{
    if (number != 0) {
        xp_misuse(
            0, XP_PC,
            "pthread_kill is used; signals between threads are not explored");
    }
    return XP->thread[NUMBER_OF(id)].state == XP_ENDED ? ESRCH : 0;
}

int xpi_pthread_cancel(pthread_t id)
{
    (void)id;
    xp_misuse(0, XP_PC,
              "pthread_cancel is used; it can stop a thread while it holds a "
              "lock, and is "
              "not explored: ask the thread to stop by a flag instead");
}

int xpi_pthread_setcancelstate(int state, int *old)
{
    (void)state;
    if (old != NULL) {
        *old = PTHREAD_CANCEL_ENABLE;
    }
    return 0;
}

int xpi_pthread_setcanceltype(int type, int *old)
{
    (void)type;
    if (old != NULL) {
        *old = PTHREAD_CANCEL_DEFERRED;
    }
    return 0;
}

void xpi_pthread_testcancel(void)
{
}

int xpi_pthread_sigmask(int how, const void *set, void *old)
{
    (void)how, (void)set, (void)old;
    return 0;
}

// ---------------------------------------------------------------------------
// Mutexes, spinlocks, read-write locks
// ---------------------------------------------------------------------------

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

// A static initialiser tells the type only in the mutex itself.
static void learn_type(const pthread_mutex_t *mutex, uintptr_t pc)
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
    learn_type(mutex, XP_PC);
    return xp_mutex_lock(AT(mutex), NO_DEADLINE, false, XP_PC);
}

int xpi_pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    learn_type(mutex, XP_PC);
    return xp_mutex_lock(AT(mutex), NO_DEADLINE, true, XP_PC);
}

int xpi_pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
                                const struct timespec *until)
{
    uintptr_t pc = XP_PC;
    learn_type(mutex, pc);
    return xp_mutex_lock(AT(mutex), xp_deadline(until, clock, pc), false, pc);
}

int xpi_pthread_mutex_timedlock(pthread_mutex_t *mutex,
                                const struct timespec *until)
{
    uintptr_t pc = XP_PC;
    learn_type(mutex, pc);
    return xp_mutex_lock(AT(mutex), xp_deadline(until, CLOCK_REALTIME, pc),
                         false, pc);
}

int xpi_pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    learn_type(mutex, XP_PC);
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

// ---------------------------------------------------------------------------
// Condition variables, semaphores, barriers, once, keys
// ---------------------------------------------------------------------------

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
    learn_type(mutex, XP_PC);
    return xp_cond_wait(AT(cond), AT(mutex), NO_DEADLINE, XP_PC);
}

int xpi_pthread_cond_clockwait(pthread_cond_t *cond, pthread_mutex_t *mutex,
                               clockid_t clock, const struct timespec *until)
{
    uintptr_t pc = XP_PC;
    learn_type(mutex, pc);
    return xp_cond_wait(AT(cond), AT(mutex), xp_deadline(until, clock, pc), pc);
}

int xpi_pthread_cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex,
                               const struct timespec *until)
{
    uintptr_t pc = XP_PC;
    learn_type(mutex, pc);
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
