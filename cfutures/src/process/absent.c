// In place of worker processes where there is no way to have them: making a
// pool fails, and the pool says why. See crew.h.

#include <errno.h>

#include "host.h"

const struct cfi_transport cfi_process_transport = {.spawn = NULL};

// Not called.
int cfi_host_create(const struct cfi_host_options *options, void **host,
                    const char **what)
{
    (void)options;
    (void)host;
    *what = "fork";
    return ENOTSUP;
}
