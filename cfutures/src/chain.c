// Continuations: cf_then, cf_catch, cf_finally.
//
//     head    a future that is asked to go on
//     tail    the future of what comes after; PENDING, in no queue
//     link    a callback of the head that leads to the tail
//
// When the head is done, whoever ended it comes by the link, hands the result
// on, and queues the tail, or ends it right away if its task has nothing to do.

#include "internal.h"

#include <errno.h>

#include "report.h"
#include "system.h"

static const char *name_of(enum cf_link kind)
{
    switch (kind) {
    case CF_THEN:
        return "cf_then";
    case CF_CATCH:
        return "cf_catch";
    case CF_FINALLY:
        break;
    }
    return "cf_finally";
}

static bool runs_after(enum cf_link kind, cf_value outcome)
{
    switch (kind) {
    case CF_THEN:
        return !cf_failed(outcome);
    case CF_CATCH:
        return cf_failed(outcome);
    case CF_FINALLY:
        break;
    }
    return true;
}

// ----- the head is done -----

// What the lock was given back with.
struct going_on {
    struct cfi_hands hands;
    struct cfi_breakage broken;
    struct cfi_afterwards afterwards;
    bool is_over;  // the tail is done: it was skipped
};

static struct going_on go_on_locked(cf_executor *pool, cf_future *tail,
                                    bool runs) CFI_REQUIRES(pool->lock)
{
    struct going_on going_on = {.is_over = !runs};
    if (runs) {
        cfi_queue_push_locked(pool, tail);
        going_on.hands = cfi_hands_call_locked(pool, 1);
        going_on.broken = pool->broken;
        cfi_hooks_load(&pool->gauge, &pool->load);
    } else {
        tail->result = tail->call.arg;
        cfi_future_start(tail);
        going_on.afterwards = cfi_settle_locked(pool, tail, CF_FINISHED);
    }
    return going_on;
}

// The tail reads what a cf_take of the head owns.
static void hold_source(cf_future *tail, cf_future *head)
{
    if (cfi_kind(cfi_future_result(head)) == CFI_TAKEN) {
        cfi_future_ref(head);
        tail->source = head;
    }
}

void cfi_chain_go_on(cf_future *head, const struct cfi_callback *link,
                     struct cfi_line *later)
{
    cf_future *tail = link->tail;
    cf_executor *pool = tail->pool;
    struct cfi_owner owner = {NULL};
    cf_value outcome = cfi_future_result(head);
    // Without memory for a copy, it is the error that says so.
    (void)cfi_give(&outcome, &owner);
    const bool runs = runs_after(link->kind, outcome);

    struct going_on going_on = {.is_over = false};
    cfi_lock_acquire(&pool->lock);
    const bool is_wanted = tail->place == CFI_BEHIND_HEAD;
    if (is_wanted) {  // else it was cancelled
        cfi_owner_move_all(&owner, &tail->held);
        tail->call.arg = outcome;
        tail->place = CFI_IN_NO_LIST;
        hold_source(tail, head);
        going_on = go_on_locked(pool, tail, runs);
    }
    cfi_lock_release(&pool->lock);

    cfi_owner_free_all(&owner);
    if (going_on.is_over) {
        cfi_settle_announce_later(pool, tail, going_on.afterwards, later);
    }
    cfi_hands_get(pool, going_on.hands);
    if (going_on.broken.message != NULL) {
        cfi_pool_break(pool, going_on.broken);
    }
    cfi_hooks_changed();
    cfi_future_unref(tail);  // the link's
}

// ----- making a chain -----

static struct cfi_refusal refusal_locked(cf_future *head,
                                         const struct cfi_callback *link)
    CFI_REQUIRES(head->pool->lock)
{
    if (link == NULL) {
        return (struct cfi_refusal){ENOMEM, "no memory for the continuation",
                                    NULL};
    }
    // What is skipped needs no pool; so an error gets through to the end.
    if (cfi_future_is_done(head) &&
        !runs_after(link->kind, cfi_future_result(head))) {
        return (struct cfi_refusal){0};
    }
    return cfi_refusal_of_locked(head->pool);
}

// Ties the tail to the head. Returns whether the head is done, so that the
// caller has to go on.
static bool tie_locked(cf_future *head, struct cfi_callback *link)
    CFI_REQUIRES(head->pool->lock)
{
    cf_future *tail = link->tail;
    cfi_future_ref(tail);  // the link's
    tail->place = CFI_BEHIND_HEAD;
    const bool is_done = cfi_future_is_done(head);
    if (is_done) {
        // The pool waits until it goes on.
        cfi_queue_count_locked(head->pool, tail);
    } else {
        tail->head = head;
        cfi_callback_add_locked(head, link);
    }
    if (cfi_hooks_enter()) {
        cfi_hooks_submitted_counted(&head->pool->gauge, &head->pool->load, 1);
        cfi_hooks_leave();
    }
    return is_done;
}

static void go_on_at_once(cf_future *head, struct cfi_callback *link)
{
    struct cfi_line later = {NULL, NULL};
    cfi_callbacks_run(head, link, true, &later);
    cfi_settle_call_back(&later);
}

static cf_future *forget(cf_future *tail, struct cfi_callback *link)
{
    cfi_system.release(link);
    cfi_future_unref(tail);  // the run's
    cfi_future_unref(tail);  // the owner's
    cfi_hooks_submit_refused();
    return cfi_future_no_pool_any_more();
}

// `link` is NULL if there was no memory.
static cf_future *tie(cf_future *head, cf_future *tail,
                      struct cfi_callback *link)
{
    bool is_done = false;
    if (cfi_fork_inherited(head->pool)) {
        (void)forget(tail, link);
        return cfi_future_forked();
    }
    cfi_lock_acquire(&head->pool->lock);
    if (head->pool->is_closed) {
        cfi_lock_release(&head->pool->lock);
        return forget(tail, link);
    }
    cfi_owned_add_locked(head->pool, tail);
    const struct cfi_refusal refusal = refusal_locked(head, link);
    if (refusal.code == 0) {
        is_done = tie_locked(head, link);
    }
    cfi_lock_release(&head->pool->lock);

    if (refusal.code != 0) {
        cfi_system.release(link);
        cfi_refuse_owned(tail, refusal);
    } else if (is_done) {
        go_on_at_once(head, link);
    }
    cfi_hooks_changed();
    return tail;
}

static void check_call(const cf_future *head, enum cf_link kind,
                       const struct cfi_call *call)
{
    if (head == NULL) {
        cfi_stop("%s: the future is NULL for the task %s", name_of(kind),
                 call->label);
    }
    if (call->task == NULL && call->context_task == NULL) {
        cfi_stop("%s: the task is NULL: %s", name_of(kind), call->label);
    }
}

static cf_future *chain(cf_future *head, enum cf_link kind,
                        const struct cfi_call *call)
{
    check_call(head, kind, call);
    if (head->immortal != NULL) {  // without a pool its error goes on alone
        cf_free(call->context);
        return head;
    }
    bool has_context;
    cf_future *tail = cfi_future_create(head->pool, call, &has_context);
    if (tail == NULL) {
        cf_free(call->context);
        cfi_hooks_submit_refused();
        return cfi_future_no_memory();
    }
    struct cfi_callback *link =
        has_context ? cfi_system.allocate(sizeof *link) : NULL;
    if (link != NULL) {
        *link = (struct cfi_callback){.kind = kind, .tail = tail};
    }
    return tie(head, tail, link);
}

cf_future *cf_chain(cf_future *head, cf_task task, enum cf_link kind,
                    const char *label)
{
    const struct cfi_call call = {
        .task = task, .passes_arg = kind == CF_FINALLY, .label = label};
    return chain(head, kind, &call);
}

cf_future *cf_chain_with(cf_future *head, cf_context_task task,
                         cf_value context, enum cf_link kind, const char *label)
{
    const struct cfi_call call = {.context_task = task,
                                  .context = context,
                                  .passes_arg = kind == CF_FINALLY,
                                  .label = label};
    return chain(head, kind, &call);
}
