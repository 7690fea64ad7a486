// The signals of a pool's processes. What the program does about signals is for
// the program alone.

#define _POSIX_C_SOURCE 200809L

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "zygote.h"

// What a thread brings upon itself stays as it is: a crash handler, a
// sanitizer's, say, knows more than nobody.
static bool is_own_fault(int number)
{
    static const int own_faults[] = {SIGSEGV, SIGBUS,  SIGFPE, SIGILL,
                                     SIGTRAP, SIGABRT, SIGSYS};
    for (size_t i = 0; i < sizeof own_faults / sizeof own_faults[0]; i++) {
        if (own_faults[i] == number) {
            return true;
        }
    }
    return false;
}

static bool has_handler(int number)
{
    struct sigaction action;
    return sigaction(number, NULL, &action) == 0 &&
           ((action.sa_flags & SA_SIGINFO) != 0 ||
            (action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN));
}

void cfi_forget_signals(void)
{
    for (int number = 1; number <= SIGRTMAX; number++) {
        if (!is_own_fault(number) && has_handler(number)) {
            (void)signal(number, SIG_DFL);
        }
    }
    // A terminal sends these to all processes at once: what they mean is for
    // the program to decide. If it ends, all others do.
    (void)signal(SIGINT, SIG_IGN);
    (void)signal(SIGQUIT, SIG_IGN);
    (void)signal(SIGHUP, SIG_IGN);
}
