// Tasks that start later (cf_after). They wait in a heap, by the time at which
// they are due and then by the order of their submission, and go into the queue
// when their time has come.
//
// There is no thread for it. One free worker, the timekeeper, sleeps no longer
// than until the first task is due; and every worker that takes a task looks
// for due ones before. When the timekeeper takes a task, another free worker
// follows it (hands.c). If none is free, none could run what is due, except a
// task that waits for it: that sleeps until then, and runs it in place.
//
// The heap is a pairing heap: a tree in which nobody is due before its parent.
// Adding is one comparison; taking one out costs O(log n), amortised. The links
// are in the future: a list of children, each with its sibling; `previous` is
// the sibling before, or the parent.

#include "internal.h"

static bool is_before(const cf_future *a, const cf_future *b)
{
    if (a->call.due != b->call.due) {
        return a->call.due < b->call.due;
    }
    return a->ticket < b->ticket;
}

// Joins two trees, each of which may be NULL.
static cf_future *join(cf_future *a, cf_future *b)
{
    if (a == NULL || b == NULL) {
        return a == NULL ? b : a;
    }
    cf_future *parent = is_before(a, b) ? a : b;
    cf_future *child = parent == a ? b : a;
    child->previous_queued = parent;
    child->next_queued = parent->first_child;
    if (child->next_queued != NULL) {
        child->next_queued->previous_queued = child;
    }
    parent->first_child = child;
    return parent;
}

// Joins a list of siblings to one tree: in pairs from the left, then all pairs
// from the right. That is what makes the heap fast.
static cf_future *join_all(cf_future *first)
{
    cf_future *pairs = NULL;  // the last pair first, by next_queued
    while (first != NULL) {
        cf_future *second = first->next_queued;
        cf_future *rest = second == NULL ? NULL : second->next_queued;
        cf_future *pair = join(first, second);
        pair->next_queued = pairs;
        pairs = pair;
        first = rest;
    }
    cf_future *tree = NULL;
    while (pairs != NULL) {
        cf_future *rest = pairs->next_queued;
        tree = join(tree, pairs);
        pairs = rest;
    }
    return tree;
}

void cfi_timers_remove_locked(cf_executor *pool, cf_future *future)
{
    cf_future *below = join_all(future->first_child);
    future->first_child = NULL;
    if (future == pool->timers) {
        pool->timers = below;
    } else {
        cf_future *previous = future->previous_queued;
        if (previous->first_child == future) {
            previous->first_child = future->next_queued;
        } else {
            previous->next_queued = future->next_queued;
        }
        if (future->next_queued != NULL) {
            future->next_queued->previous_queued = previous;
        }
        pool->timers = join(pool->timers, below);
    }
    if (pool->timers != NULL) {
        pool->timers->next_queued = NULL;
        pool->timers->previous_queued = NULL;
    }
    pool->load.timed--;
    future->place = CFI_IN_NO_LIST;
}

bool cfi_timers_add_locked(cf_executor *pool, cf_future *future)
{
    future->ticket = pool->timers_begun++;
    future->first_child = NULL;
    future->next_queued = NULL;
    future->previous_queued = NULL;
    future->place = CFI_IN_TIMERS;
    future->counts_unfinished = true;
    pool->load.unfinished++;
    pool->load.timed++;
    pool->timers = join(pool->timers, future);
    return pool->timers == future;
}

bool cfi_timers_is_due(const cf_future *future)
{
    return future->call.due == 0 || future->call.due <= cfi_port_now();
}

size_t cfi_timers_release_locked(cf_executor *pool)
{
    if (pool->timers == NULL) {
        return 0;
    }
    size_t released = 0;
    const int64_t now = cfi_port_now();
    while (pool->timers != NULL && pool->timers->call.due <= now) {
        cf_future *due = pool->timers;
        cfi_timers_remove_locked(pool, due);
        cfi_queue_push_locked(pool, due);
        released++;
    }
    return released;
}
