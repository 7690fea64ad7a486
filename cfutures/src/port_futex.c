// Wait and wake by Linux' futex: the kernel compares and sleeps in one step.

#define _GNU_SOURCE  // syscall

#include "port.h"

#include <errno.h>
#include <linux/futex.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lock.h"

_Static_assert(sizeof(cfi_word) == 4, "a futex is a plain 32-bit word");

enum { NANOSECONDS_IN_A_SECOND = 1000000000 };

// What SYS_futex takes, whatever the C library's struct timespec looks like.
struct kernel_timespec {
    long seconds;
    long nanoseconds;
};

static long futex(cfi_word *word, int operation, uint32_t value,
                  const struct kernel_timespec *deadline)
{
    return syscall(SYS_futex, word, operation | FUTEX_PRIVATE_FLAG, value,
                   deadline, NULL, FUTEX_BITSET_MATCH_ANY);
}

bool cfi_port_wait(cfi_word *word, uint32_t expected, int64_t deadline)
{
    // FUTEX_WAIT_BITSET, because its time is absolute and monotonic.
    const struct kernel_timespec until = {
        .seconds = (long)(deadline / NANOSECONDS_IN_A_SECOND),
        .nanoseconds = (long)(deadline % NANOSECONDS_IN_A_SECOND),
    };
    const bool is_timed = deadline != CFI_NO_DEADLINE;
    if (futex(word, FUTEX_WAIT_BITSET, expected, is_timed ? &until : NULL) ==
        0) {
        return true;
    }
    if (errno == ETIMEDOUT) {
        return false;
    }
    // EAGAIN: the word had changed. EINTR: a signal.
    cfi_must(errno == EAGAIN || errno == EINTR ? 0 : errno, "futex wait");
    return true;
}

bool cfi_port_watch(void (*in_child)(void), void (*at_exit)(void))
{
    return pthread_atfork(NULL, NULL, in_child) == 0 && atexit(at_exit) == 0;
}

void cfi_port_wake(cfi_word *word, int count)
{
    // Not FUTEX_WAKE_BITSET: some sandboxes allow the plain one only.
    // EFAULT: the word's memory was given back meanwhile; nobody sleeps there.
    (void)futex(word, FUTEX_WAKE, (uint32_t)count, NULL);
}
