// What the files that stand in for libc share.

#ifndef XP_ENTRY_H
#define XP_ENTRY_H

#include "internal.h"

#include <stdarg.h>
#include <stdio.h>

#define AT(object) ((uintptr_t)(object))
#define NO_DEADLINE 0

// Threads go out to the program as their number plus one.
#define NUMBER_OF(id) ((int)(uintptr_t)(id)-1)

// A static initialiser tells a mutex's type only in the mutex itself.
void xp_learn_mutex_type(const pthread_mutex_t *mutex, uintptr_t pc);

// Memory that libc reads or writes for the program (entry_text.c, format.c).
void xp_reads(const void *memory, size_t size, uintptr_t pc);
void xp_writes(const void *memory, size_t size, uintptr_t pc);
void xp_reads_text(const char *text, uintptr_t pc);
void xp_reads_arguments(const char *format, va_list list, uintptr_t pc);

#endif
