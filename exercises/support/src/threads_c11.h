// What c11.c needs of threads.c.

#ifndef THREADS_C11_H
#define THREADS_C11_H

#include <threads.h>

// As thrd_create, but returns an error number.
int threads_create_c11(thrd_t *id, thrd_start_t function, void *arg);

#endif
