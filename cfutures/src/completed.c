// cf_as_completed: futures in the order in which they are done.

#include "internal.h"

#include "report.h"
#include "system.h"

// A future that has not been given yet.
struct item {
    struct cfi_watch watch;  // the first member: see item_of
    struct item *previous;   // of which watch.sibling is this one
};

struct cf_completed {
    struct cfi_waiter waiter;  // its watches: in the order they were added
    struct item *last;
    struct cfi_watch *ready;  // done, to be given next
    size_t left;              // items
    int64_t deadline;
    bool waits;  // unless the time limit was 0
};

// Stands for all that got no memory. It gives one future, which says so, to the
// thread that made it; there is no place else to note that.
static struct cf_completed no_memory;
static _Thread_local bool owes_error;

static struct item *item_of(struct cfi_watch *watch)
{
    return (struct item *)(void *)watch;
}

// ----- adding -----

static bool add(cf_completed *completed, cf_future *future)
{
    struct item *item = cfi_system.allocate(sizeof *item);
    if (item == NULL) {
        return false;
    }
    *item = (struct item){
        .watch = {.future = future, .waiter = &completed->waiter},
        .previous = completed->last,
    };
    if (completed->last != NULL) {
        completed->last->watch.sibling = &item->watch;
    } else {
        completed->waiter.first_watch = &item->watch;
    }
    completed->last = item;
    completed->left++;
    cfi_watch_begin(&item->watch);
    return true;
}

static bool add_each_once(cf_completed *completed, cf_future **futures,
                          size_t count)
{
    struct cfi_seen seen;
    if (!cfi_seen_init(&seen, count)) {
        return false;
    }
    bool has_memory = true;
    for (size_t i = 0; i < count && has_memory; i++) {
        has_memory =
            !cfi_seen_add(&seen, futures[i]) || add(completed, futures[i]);
    }
    cfi_seen_deinit(&seen);
    return has_memory;
}

cf_completed *cf_as_completed(cf_future **futures, size_t count, double seconds)
{
    cfi_check_futures("cf_as_completed", futures, count);
    cf_completed *completed = cfi_system.allocate(sizeof *completed);
    if (completed != NULL) {
        *completed = (cf_completed){
            .deadline = cfi_port_deadline(seconds),
            .waits = seconds > 0,
        };
        cfi_waiter_init(&completed->waiter, 0);
        if (add_each_once(completed, futures, count)) {
            return completed;
        }
        cf_completed_close(completed);
    }
    owes_error = true;
    return &no_memory;
}

bool cf_completed_add(cf_completed *completed, cf_future *future)
{
    if (completed == NULL) {
        cfi_stop("cf_completed_add: the first argument is NULL");
    }
    cfi_check_futures("cf_completed_add", &future, 1);
    return completed != &no_memory && add(completed, future);
}

// ----- giving -----

static void remove_item(cf_completed *completed, struct item *item)
{
    struct cfi_watch *next = item->watch.sibling;
    if (item->previous != NULL) {
        item->previous->watch.sibling = next;
    } else {
        completed->waiter.first_watch = next;
    }
    if (next != NULL) {
        item_of(next)->previous = item->previous;
    } else {
        completed->last = item->previous;
    }
    completed->left--;
    cfi_system.release(item);
}

static cf_future *give(cf_completed *completed)
{
    struct cfi_watch *watch = completed->ready;
    completed->ready = watch->next_told;
    cf_future *future = watch->future;
    cfi_watch_end(watch);
    remove_item(completed, item_of(watch));
    return future;
}

static bool has_ready(cf_completed *completed)
{
    if (completed->ready == NULL) {
        completed->ready = cfi_waiter_take_told(&completed->waiter);
    }
    return completed->ready != NULL;
}

// Nothing is ready: waits until something is. False: the time is over, or none
// will ever be.
static bool wait_for_one(cf_completed *completed)
{
    if (!completed->waits) {
        cfi_hooks_polled();
        return false;
    }
    const bool can_help =
        cfi_frame_current() != NULL && completed->deadline == CFI_NO_DEADLINE;
    bool goes_on = true;
    for (;;) {
        cfi_waiter_expect(&completed->waiter, 1);
        if (has_ready(completed) || !goes_on) {
            return completed->ready != NULL;
        }
        goes_on = can_help ? cfi_waiter_help_or_sleep(&completed->waiter)
                           : cfi_waiter_sleep(&completed->waiter,
                                              completed->deadline);
    }
}

static cf_future *pay_error(void)
{
    if (!owes_error) {
        return NULL;
    }
    owes_error = false;
    return cfi_future_no_memory();
}

cf_future *cf_next_completed(cf_completed *completed)
{
    if (completed == NULL) {
        cfi_stop("cf_next_completed: the argument is NULL");
    }
    if (completed == &no_memory) {
        return pay_error();
    }
    if (completed->left == 0) {
        return NULL;
    }
    return has_ready(completed) || wait_for_one(completed) ? give(completed)
                                                           : NULL;
}

size_t cf_completed_left(const cf_completed *completed)
{
    if (completed == NULL) {
        cfi_stop("cf_completed_left: the argument is NULL");
    }
    return completed == &no_memory ? owes_error : completed->left;
}

// ----- closing -----

void cf_completed_close(cf_completed *completed)
{
    if (completed == NULL) {
        return;
    }
    if (completed == &no_memory) {
        owes_error = false;
        return;
    }
    struct cfi_watch *first;
    while ((first = completed->waiter.first_watch) != NULL) {
        cfi_watch_end(first);
        remove_item(completed, item_of(first));
    }
    cfi_system.release(completed);
}

void cf_completed_close_at_end_of_scope(cf_completed **completed)
{
    cf_completed_close(*completed);
}
