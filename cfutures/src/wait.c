// cf_wait: until all, or the first, of several futures are done.

#include "internal.h"

#include "report.h"
#include "system.h"

// The futures of the caller's array, each once, at the front of the watches;
// at their end, from behind, those that came again.
struct members {
    struct cfi_watch *watches;
    size_t distinct;
    size_t count;
};

static bool members_init(struct members *members, cf_future **futures,
                         size_t count)
{
    struct cfi_seen seen;
    *members = (struct members){.count = count};
    if (count > CFI_MOST_MISSING || !cfi_seen_init(&seen, count)) {
        return false;
    }
    members->watches = cfi_system.allocate(count * sizeof *members->watches);
    if (members->watches == NULL) {
        cfi_seen_deinit(&seen);
        return false;
    }
    size_t again = 0;
    for (size_t i = 0; i < count; i++) {
        const size_t place = cfi_seen_add(&seen, futures[i])
                                 ? members->distinct++
                                 : count - ++again;
        members->watches[place] = (struct cfi_watch){.future = futures[i]};
    }
    cfi_seen_deinit(&seen);
    return true;
}

// Writes them back: those that are done, the others, those that came again.
static size_t sort(struct members *members, cf_future **futures)
{
    size_t done = 0;
    size_t others = 0;
    for (size_t i = 0; i < members->distinct; i++) {
        cf_future *future = members->watches[i].future;
        if (cfi_future_is_done(future)) {
            futures[done++] = future;
        } else {
            members->watches[others++].future = future;
        }
    }
    for (size_t i = 0; i < others; i++) {
        futures[done + i] = members->watches[i].future;
    }
    for (size_t i = members->distinct; i < members->count; i++) {
        futures[i] = members->watches[i].future;
    }
    return done;
}

// Inside a task: runs in place what has not started, until nothing is missing.
static void help(const struct members *members, struct cfi_waiter *waiter)
{
    for (size_t i = 0; i < members->distinct && !cfi_waiter_is_content(waiter);
         i++) {
        (void)cfi_run_in_place(members->watches[i].future);
    }
}

static void wait_for(struct members *members, struct cfi_waiter *waiter,
                     double seconds)
{
    size_t begun = 0;
    while (begun < members->distinct && !cfi_waiter_is_content(waiter)) {
        members->watches[begun].waiter = waiter;
        cfi_watch_begin(&members->watches[begun++]);
    }
    const int64_t deadline = cfi_port_deadline(seconds);
    if (deadline == CFI_NO_DEADLINE) {
        help(members, waiter);
    }
    if (!cfi_waiter_is_content(waiter)) {
        if (seconds > 0) {
            (void)cfi_waiter_sleep(waiter, deadline);
        } else {
            cfi_hooks_polled();
        }
    }
    for (size_t i = 0; i < begun; i++) {
        cfi_watch_end(&members->watches[i]);
    }
}

static void check_arguments(cf_future **futures, size_t count,
                            enum cf_wait_mode mode)
{
    switch (mode) {
    case CF_ALL_COMPLETED:
    case CF_FIRST_COMPLETED:
    case CF_FIRST_EXCEPTION:
        break;
    default:
        cfi_stop("cf_wait: there is no mode %d: give CF_ALL_COMPLETED, "
                 "CF_FIRST_COMPLETED or CF_FIRST_EXCEPTION",
                 (int)mode);
    }
    cfi_check_futures("cf_wait", futures, count);
}

size_t cf_wait(cf_future **futures, size_t count, enum cf_wait_mode mode,
               double seconds)
{
    check_arguments(futures, count, mode);
    struct members members;
    if (count == 0 || !members_init(&members, futures, count)) {
        return 0;
    }
    struct cfi_waiter waiter;
    cfi_waiter_init(&waiter, mode == CF_FIRST_COMPLETED ? 1 : members.distinct);
    waiter.ends_at_error = mode == CF_FIRST_EXCEPTION;
    wait_for(&members, &waiter, seconds);
    const size_t done = sort(&members, futures);
    cfi_system.release(members.watches);
    return done;
}
