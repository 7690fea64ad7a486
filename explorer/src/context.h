// The two ways to be a thread of the program; context.c picks one.

#ifndef XP_CONTEXT_H
#define XP_CONTEXT_H

#include <stdbool.h>

bool xp_fiber_create(int number);
void xp_fiber_switch_threads(int from, int to);
void xp_fiber_run(void);
void xp_fiber_leave(void) __attribute__((noreturn));
void xp_fiber_prepare(void);

bool xp_real_create(int number);
void xp_real_switch_threads(int from, int to);
void xp_real_run(void);
void xp_real_leave(void) __attribute__((noreturn));

#endif
