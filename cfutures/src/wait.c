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

// Returns how many have begun: no more, once nothing is missing.
static size_t begin_watches(struct members *members, struct cfi_waiter *waiter)
{
    size_t begun = 0;
    waiter->first_watch = members->watches;
    while (begun < members->distinct && !cfi_waiter_is_content(waiter)) {
        struct cfi_watch *watch = &members->watches[begun++];
        watch->waiter = waiter;
        watch->sibling = begun < members->distinct ? watch + 1 : NULL;
        cfi_watch_begin(watch);
    }
    return begun;
}

static void end_watches(struct members *members, size_t begun)
{
    for (size_t i = 0; i < begun; i++) {
        cfi_watch_end(&members->watches[i]);
    }
}

static void wait_for(struct members *members, enum cf_wait_mode mode,
                     double seconds)
{
    struct cfi_waiter waiter;
    cfi_waiter_init(&waiter,
                    mode == CF_FIRST_COMPLETED ? 1 : members->distinct);
    waiter.ends_at_error = mode == CF_FIRST_EXCEPTION;
    const size_t begun = begin_watches(members, &waiter);
    if (!cfi_waiter_is_content(&waiter)) {
        if (seconds > 0) {
            (void)cfi_waiter_sleep(&waiter, cfi_port_deadline(seconds));
        } else {
            cfi_hooks_polled();
        }
    }
    end_watches(members, begun);
}

// ----- inside a task, without a limit -----
//
// There it runs in place what has not started, and returns early if the rest
// can never be done.

static void wait_for_each(const struct members *members)
{
    bool is_done = true;
    for (size_t i = 0; i < members->distinct && is_done; i++) {
        cf_future *future = members->watches[i].future;
        (void)cfi_result_until(future, CFI_NO_DEADLINE);
        is_done = cfi_future_is_done(future);
    }
}

// Takes what was told so far. Returns whether it ends the wait.
static bool is_enough(struct cfi_waiter *waiter, size_t *missing,
                      enum cf_wait_mode mode)
{
    bool is_enough = false;
    for (const struct cfi_watch *watch = cfi_waiter_take_told(waiter);
         watch != NULL; watch = watch->next_told) {
        --*missing;
        is_enough = is_enough || mode == CF_FIRST_COMPLETED ||
                    cfi_watch_ends_all(watch);
    }
    return is_enough || *missing == 0;
}

static void wait_for_first(struct members *members, enum cf_wait_mode mode)
{
    struct cfi_waiter waiter;
    cfi_waiter_init(&waiter, members->distinct);
    waiter.ends_at_error = mode == CF_FIRST_EXCEPTION;
    const size_t begun = begin_watches(members, &waiter);
    size_t missing = begun;
    do {
        cfi_waiter_expect(&waiter, 1);
    } while (!is_enough(&waiter, &missing, mode) &&
             cfi_waiter_help_or_sleep(&waiter));
    end_watches(members, begun);
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
    if (cfi_frame_current() == NULL ||
        cfi_port_deadline(seconds) != CFI_NO_DEADLINE) {
        wait_for(&members, mode, seconds);
    } else if (mode == CF_ALL_COMPLETED) {
        wait_for_each(&members);
    } else {
        wait_for_first(&members, mode);
    }
    const size_t done = sort(&members, futures);
    cfi_system.release(members.watches);
    return done;
}
