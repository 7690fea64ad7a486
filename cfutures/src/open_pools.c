// Which pools are open? A list for one purpose: that a pool which is closed
// twice is named as such, before anybody looks at memory that is gone.

#include "lock.h"
#include "pool.h"

static struct cfi_lock lock = {PTHREAD_MUTEX_INITIALIZER};
// lock guards:
static cf_executor *first;  // and next_open of each pool in the list

CFI_UNCHECKED void cfi_open_pools_add(cf_executor *pool)
{
    cfi_lock_acquire(&lock);
    pool->next_open = first;
    first = pool;
    cfi_lock_release(&lock);
}

// Compares addresses only: `pool` may be long gone.
CFI_UNCHECKED bool cfi_open_pools_remove(const cf_executor *pool)
{
    cfi_lock_acquire(&lock);
    cf_executor **link = &first;
    while (*link != NULL && *link != pool) {
        link = &(*link)->next_open;
    }
    const bool was_open = *link != NULL;
    if (was_open) {
        *link = pool->next_open;
    }
    cfi_lock_release(&lock);
    return was_open;
}
