// fork in a program with pools. The child has a copy of each pool, and none of
// its threads; any lock may be held by a thread that does not exist. So in the
// child the pools that it inherits are never locked, waited for or freed:
// submitting fails, closing does nothing, and a future that is not done will
// not be. Pools that the child creates itself are like any others.
//
// Nothing is done before the fork, so that it never waits for a pool.

#include "internal.h"

// How many forks lie between the first process and this one. Atomic, because
// it is looked at by all threads; changed while there is only one.
static _Atomic uint32_t generation;

uint32_t cfi_fork_generation(void)
{
    return atomic_load_explicit(&generation, memory_order_relaxed);
}

bool cfi_fork_inherited(const cf_executor *pool)
{
    return pool->generation != cfi_fork_generation();
}

void cfi_fork_in_child(void)
{
    atomic_fetch_add_explicit(&generation, 1, memory_order_relaxed);
    cfi_open_pools_forget();
    cfi_cycle_unlock_in_child();
    cfi_hooks_end_in_child();
}
