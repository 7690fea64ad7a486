// Signals of the program: who sent what to whom, and who handles it. None of
// them ever reaches the real process.

#ifndef XP_SIGNALS_H
#define XP_SIGNALS_H

#include "thread.h"

enum { XP_MAX_SIGNAL = 64 };

struct xp_action {
    void (*handler)(int);  // with SA_SIGINFO of another type
    uint64_t mask;         // blocked besides while the handler runs
    int flags;             // SA_*
};

struct xp_signals {
    bool were_used;  // in this schedule: else there is nothing to deliver
    bool were_sent;
    struct xp_action action[XP_MAX_SIGNAL + 1];
    uint64_t pending;        // sent to the process, and all threads block it
    struct xp_clock clock;   // published by those who sent
    uint64_t alarm;          // virtual time of SIGALRM; 0: none
    uint64_t alarm_repeats;  // nanoseconds
};

// A signal in a set of signals.
#define XP_SIGNAL_BIT(number) (1ULL << ((number)-1))

void xp_signals_begin(void);  // of a schedule
// The running thread sends a signal to a thread, or to any (-1) that lets it
// in; one to itself is handled before this returns.
void xp_signal_send(int number, int thread, uintptr_t pc);
// The running thread's handlers for what has arrived; sched.c calls it whenever
// a thread goes on.
void xp_signals_deliver(void);
// Blocks other signals from now on.
void xp_signals_block(uint64_t set, uintptr_t pc);
// Waits for one of a set and takes it; 0: the deadline came.
int xp_signal_wait(uint64_t set, uint64_t deadline, uintptr_t pc);
// Waits until a handler has run; the second one blocks other signals meanwhile.
void xp_signal_pause(uintptr_t pc);
void xp_signal_suspend(uint64_t blocked, uintptr_t pc);
uint64_t xp_signals_pending(void);

// When SIGALRM is due, or UINT64_MAX; and: it is.
uint64_t xp_alarm_due(bool is_only_deadline);
void xp_alarm_rings(void);

// The running thread does what a handler must not do, if it is in one that came
// from outside: ends the schedule. `does`: "locks a mutex".
void xp_not_in_handler(const char *does, uintptr_t object, uintptr_t pc);

#endif
