// With as many worker processes as CPUs, a library that starts a thread for
// each CPU inside of each task would start their square.

#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>

#include "zygote.h"

// Not NULL if the program has such a library: it has read its environment
// already.
#pragma weak omp_set_num_threads
#pragma weak openblas_set_num_threads
#pragma weak MKL_Set_Num_Threads
extern void omp_set_num_threads(int threads);
extern void openblas_set_num_threads(int threads);
extern int MKL_Set_Num_Threads(int threads);

void cfi_limit_inner_threads(int threads)
{
    static const char *const variables[] = {
        "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS",
        "BLIS_NUM_THREADS"};
    char number[16];
    if (threads <= 0) {
        return;
    }
    snprintf(number, sizeof number, "%d", threads);
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        (void)setenv(variables[i], number, 1);
    }
    if (omp_set_num_threads != NULL) {
        omp_set_num_threads(threads);
    }
    if (openblas_set_num_threads != NULL) {
        openblas_set_num_threads(threads);
    }
    if (MKL_Set_Num_Threads != NULL) {
        (void)MKL_Set_Num_Threads(threads);
    }
}
