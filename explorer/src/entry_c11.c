// C11 <threads.h>, on the same objects. glibc's mtx_t and cnd_t are its mutexes
// and condition variables under another name.

#include "entry.h"

#include <errno.h>
#include <string.h>
#include <threads.h>

static int as_c11(int error)
{
    switch (error) {
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

int xpi_thrd_create(thrd_t *id, thrd_start_t start, void *arg)
{
    uintptr_t pc = XP_PC;
    // An int comes back in the same register as a pointer.
    void *(*as_posix)(void *) = (void *(*)(void *))(uintptr_t)start;
    int number = xp_thread_create(id, as_posix, arg, false, pc);
    // As in xpi_pthread_create.
    xp_plain_access(AT(id), sizeof *id, XP_WRITE, pc);
    return number < 0 ? thrd_nomem : thrd_success;
}

int xpi_thrd_join(thrd_t id, int *result)
{
    void *value = NULL;
    int rc = xp_thread_join((int)id - 1, NULL, NO_DEADLINE, false, XP_PC);
    value = XP->thread[id - 1].result;
    if (rc == 0 && result != NULL) {
        *result = (int)(intptr_t)value;
    }
    return as_c11(rc);
}

int xpi_thrd_detach(thrd_t id)
{
    return as_c11(xp_thread_detach((int)id - 1, XP_PC));
}

thrd_t xpi_thrd_current(void)
{
    return (thrd_t)(XP->current + 1);
}

int xpi_thrd_equal(thrd_t a, thrd_t b)
{
    return a == b;
}

void xpi_thrd_yield(void)
{
    xp_yield(XP_YIELD, 0, XP_PC);
}

void xpi_thrd_exit(int result) __attribute__((noreturn));
void xpi_thrd_exit(int result)
{
    xp_thread_end((void *)(intptr_t)result);
}

int xpi_thrd_sleep(const struct timespec *time, struct timespec *left)
{
    (void)left;
    xp_sleep((uint64_t)time->tv_sec * 1000000000ULL + (uint64_t)time->tv_nsec,
             XP_PC);
    return 0;
}

int xpi_mtx_init(mtx_t *mutex, int type)
{
    memset(mutex, 0, sizeof *mutex);
    int posix =
        (type & mtx_recursive) ? PTHREAD_MUTEX_RECURSIVE : PTHREAD_MUTEX_NORMAL;
    return as_c11(xp_mutex_init(AT(mutex), posix, XP_PC));
}

void xpi_mtx_destroy(mtx_t *mutex)
{
    xp_mutex_destroy(AT(mutex), XP_PC);
}

int xpi_mtx_lock(mtx_t *mutex)
{
    return as_c11(xp_mutex_lock(AT(mutex), NO_DEADLINE, false, XP_PC));
}

int xpi_mtx_trylock(mtx_t *mutex)
{
    return as_c11(xp_mutex_lock(AT(mutex), NO_DEADLINE, true, XP_PC));
}

int xpi_mtx_timedlock(mtx_t *mutex, const struct timespec *until)
{
    uintptr_t pc = XP_PC;
    return as_c11(xp_mutex_lock(
        AT(mutex), xp_deadline(until, CLOCK_REALTIME, pc), false, pc));
}

int xpi_mtx_unlock(mtx_t *mutex)
{
    return as_c11(xp_mutex_unlock(AT(mutex), XP_PC));
}

int xpi_cnd_init(cnd_t *cond)
{
    memset(cond, 0, sizeof *cond);
    return as_c11(xp_cond_init(AT(cond), CLOCK_REALTIME, XP_PC));
}

void xpi_cnd_destroy(cnd_t *cond)
{
    xp_cond_destroy(AT(cond), XP_PC);
}

int xpi_cnd_wait(cnd_t *cond, mtx_t *mutex)
{
    return as_c11(xp_cond_wait(AT(cond), AT(mutex), NO_DEADLINE, XP_PC));
}

int xpi_cnd_timedwait(cnd_t *cond, mtx_t *mutex, const struct timespec *until)
{
    uintptr_t pc = XP_PC;
    return as_c11(xp_cond_wait(AT(cond), AT(mutex),
                               xp_deadline(until, CLOCK_REALTIME, pc), pc));
}

int xpi_cnd_signal(cnd_t *cond)
{
    return as_c11(xp_cond_signal(AT(cond), false, XP_PC));
}

int xpi_cnd_broadcast(cnd_t *cond)
{
    return as_c11(xp_cond_signal(AT(cond), true, XP_PC));
}

void xpi_call_once(once_flag *once, void (*function)(void))
{
    xp_once(AT(once), function, XP_PC);
}

// ---------------------------------------------------------------------------
// Thread-specific storage: keys, as POSIX has them (entry_waits.c)
// ---------------------------------------------------------------------------

int xpi_pthread_key_create(pthread_key_t *key, void (*destructor)(void *));
int xpi_pthread_key_delete(pthread_key_t key);
int xpi_pthread_setspecific(pthread_key_t key, const void *value);
void *xpi_pthread_getspecific(pthread_key_t key);

int xpi_tss_create(tss_t *key, tss_dtor_t destructor)
{
    return as_c11(xpi_pthread_key_create(key, destructor));
}

void xpi_tss_delete(tss_t key)
{
    xpi_pthread_key_delete(key);
}

int xpi_tss_set(tss_t key, void *value)
{
    return as_c11(xpi_pthread_setspecific(key, value));
}

void *xpi_tss_get(tss_t key)
{
    return xpi_pthread_getspecific(key);
}
