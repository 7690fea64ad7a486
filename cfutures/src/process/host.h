// The program's side of the transport by processes: a pool's zygote, and its
// workers as children of that.

#ifndef CFI_HOST_H
#define CFI_HOST_H

#include <stddef.h>

#include "transport.h"

#pragma GCC visibility push(hidden)

extern const struct cfi_transport cfi_process_transport;

struct cfi_host_options {
    size_t slots;       // workers at the same time, at most
    int inner_threads;  // 0: as many as they like
};

// Forks the zygote. Returns 0, or an error number and in *what the call that
// failed.
int cfi_host_create(const struct cfi_host_options *options, void **host,
                    const char **what);

// How many threads the process has, those that are just ending not counted. 0:
// the system doesn't say.
size_t cfi_threads_of_process(void);

#pragma GCC visibility pop

#endif
