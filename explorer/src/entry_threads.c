// POSIX threads themselves, as the program calls them: each xpi_NAME stands for
// NAME in the program's objects (names.txt).

#include "entry.h"

#include <errno.h>
#include <string.h>

int xpi_pthread_create(pthread_t *id, const pthread_attr_t *attributes,
                       void *(*start)(void *), void *arg)
{
    uintptr_t pc = XP_PC;
    int detach_state = PTHREAD_CREATE_JOINABLE;
    if (attributes != NULL) {
        pthread_attr_getdetachstate(attributes, &detach_state);
    }
    int number = xp_thread_create(id, start, arg,
                                  detach_state == PTHREAD_CREATE_DETACHED, pc);
    // To happens-before *id is written after the start, so a reader in the new
    // thread is flagged if nothing orders it.
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
