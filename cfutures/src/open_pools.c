// Which pools are open? Asked when one is closed, so that a pool which is
// closed twice is named as such, before anybody looks at memory that is gone;
// when the program ends; and after a fork.

#include <stdlib.h>

#include "internal.h"
#include "process/crew.h"

static struct cfi_lock lock = {PTHREAD_MUTEX_INITIALIZER};
// lock guards:
static cf_executor *first;      // and next_open of each pool in the list
static cf_executor *inherited;  // likewise: the parent's, in a forked child
static bool is_watching;        // for a fork and for the end of the program

CFI_UNCHECKED void cfi_open_pools_add(cf_executor *pool)
{
    cfi_lock_acquire(&lock);
    if (!is_watching) {
        // If there is no memory for it, the next pool tries again.
        is_watching = cfi_port_watch(cfi_fork_in_child, cfi_exit_drain);
    }
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

CFI_UNCHECKED bool cfi_open_pools_are_inherited(const cf_executor *pool)
{
    cfi_lock_acquire(&lock);
    const cf_executor *other = inherited;
    while (other != NULL && other != pool) {
        other = other->next_open;
    }
    cfi_lock_release(&lock);
    return other != NULL;
}

CFI_UNCHECKED cf_executor *cfi_open_pools_take(void)
{
    cfi_lock_acquire(&lock);
    cf_executor *pool = first;
    if (pool != NULL) {
        first = pool->next_open;
    }
    cfi_lock_release(&lock);
    return pool;
}

// In the child there is one thread. The list is whole: each change of it is one
// write, and what a new pool points to is written before.
CFI_UNCHECKED void cfi_open_pools_forget(void)
{
    lock = (struct cfi_lock){PTHREAD_MUTEX_INITIALIZER};
    cf_executor **link = &first;
    while (*link != NULL) {
        if ((*link)->crew != NULL) {
            cfi_crew_forget((*link)->crew);
        }
        link = &(*link)->next_open;
    }
    cfi_crews_forget();
    *link = inherited;
    inherited = first;
    first = NULL;
}
