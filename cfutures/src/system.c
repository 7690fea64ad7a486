// Memory and threads from the C library. See system.h.

#include "system.h"

#include <signal.h>
#include <stdlib.h>

#include "lock.h"

// The new thread takes no signals: they are for the program's own threads,
// whose calls expect to be interrupted. Those that a thread brings upon itself
// stay open, or a crash handler (a sanitizer's, say) would not be called.
static void signals_of_a_worker(sigset_t *blocked)
{
    static const int own_faults[] = {SIGSEGV, SIGBUS,  SIGFPE, SIGILL,
                                     SIGTRAP, SIGABRT, SIGSYS};
    sigfillset(blocked);
    for (size_t i = 0; i < sizeof own_faults / sizeof own_faults[0]; i++) {
        sigdelset(blocked, own_faults[i]);
    }
}

// The mask is inherited, so it is set around the creation: the new thread never
// runs without it.
static int create_thread(pthread_t *thread, void *(*start)(void *), void *arg)
{
    sigset_t blocked;
    sigset_t before;
    signals_of_a_worker(&blocked);
    cfi_must(pthread_sigmask(SIG_SETMASK, &blocked, &before),
             "pthread_sigmask");
    const int rc = pthread_create(thread, NULL, start, arg);
    cfi_must(pthread_sigmask(SIG_SETMASK, &before, NULL), "pthread_sigmask");
    return rc;
}

struct cfi_system cfi_system = {
    .allocate = malloc,
    .release = free,
    .create_thread = create_thread,
};
