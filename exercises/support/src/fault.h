// The runner's own faults: told on stderr, never blamed on the learner.

#ifndef FAULT_H
#define FAULT_H

enum exit_status {
    EXIT_ALL_PASSED = 0,
    EXIT_NOT_ALL = 1,
    EXIT_USAGE = 2,
    EXIT_FAULT = 3,
};

// Prints "wb_runner: ..." and ends the runner with EXIT_FAULT.
_Noreturn void fault(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

#endif
