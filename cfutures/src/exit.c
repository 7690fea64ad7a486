// The end of the program, with pools still open: what was submitted is finished
// first, within a time.

#include "internal.h"

#include "log.h"

static const double USUAL_GRACE_SECONDS = 10;

// In nanoseconds, which is what atomics can hold; negative: not set.
static _Atomic int64_t grace = -1;

void cf_exit_grace(double seconds)
{
    const int64_t most = INT64_MAX / 2;
    const double nanoseconds = seconds > 0 ? seconds * 1e9 : 0;
    atomic_store(&grace,
                 nanoseconds < (double)most ? (int64_t)nanoseconds : most);
}

static int64_t deadline(void)
{
    const int64_t set = atomic_load(&grace);
    return set < 0 ? cfi_port_deadline(USUAL_GRACE_SECONDS)
                   : cfi_port_now() + set;
}

void cfi_exit_drain(void)
{
    if (atomic_load(&grace) == 0) {
        return;
    }
    const int64_t until = deadline();
    cf_executor *pool;
    while ((pool = cfi_open_pools_take()) != NULL) {
        // A task that calls exit must not wait for itself.
        if (!cfi_frame_is_of_pool(pool)) {
            cfi_pool_drain(pool, until);
        }
    }
}
