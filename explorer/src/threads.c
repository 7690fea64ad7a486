// Threads of the program: creation, end, joining, detaching. Thread 0 is main.
// To the program a thread is its number plus one.

#include "internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void inherit_clock(int parent, int child)
{
    if (parent != child) {
        xp_clock_copy(&XP->thread[child].clock, &XP->thread[parent].clock);
        xp_new_epoch(parent);
    }
    xp_new_epoch(child);
}

static void set_up(int number, void *(*start)(void *), void *arg,
                   bool is_detached, uintptr_t pc)
{
    struct xp_thread *thread = &XP->thread[number];
    memset(thread, 0, offsetof(struct xp_thread, calls));
    thread->start = start;
    thread->arg = arg;
    thread->is_detached = is_detached;
    thread->created_at = pc;
    thread->last_pc = pc;
    thread->signals_blocked = number > 0 ? XP_SELF->signals_blocked : 0;
    inherit_clock(XP->current, number);
    // Above all change points of PCT, which go down from its depth.
    thread->priority = 100 + (int)(xp_random_value() % 1000000);
    thread->state = XP_READY;
}

int xp_thread_create(pthread_t *id, void *(*start)(void *), void *arg,
                     bool is_detached, uintptr_t pc)
{
    if (XP->thread_count > 0) {
        xp_not_in_handler("starts a thread", 0, pc);
        xp_step(XP_CREATE, 0, pc);
    }
    int number = XP->thread_count;
    if (number >= XP_MAX_THREADS || (number > 0 && XP->threads_allowed == 0)) {
        return -1;
    }
    XP->threads_allowed -= number > 0 && XP->threads_allowed != UINT64_MAX;
    XP->thread_count++;
    XP->live_threads++;
    set_up(number, start, arg, is_detached, pc);
    if (!xp_context_create(number)) {
        XP->thread[number].state = XP_ENDED;
        XP->live_threads--;
        return -1;
    }
    // Not before the step above, in which others may have started threads.
    if (id != NULL) {
        *id = (pthread_t)(number + 1);
    }
    if (number > 0) {
        xp_event(XP_CREATE, (uintptr_t)number, pc, 0);
        xp_changed();
        xp_step(XP_CREATE, (uintptr_t)number, pc);
    }
    return number;
}

void xp_thread_begin(int thread)
{
    struct xp_thread *self = &XP->thread[thread];
    xp_event(XP_BEGIN, (uintptr_t)self->start, (uintptr_t)self->start, 0);
    xp_thread_end(self->start(self->arg));
}

static void run_key_destructors(void)
{
    for (int round = 0; round < 4; round++) {
        bool any = false;
        for (int i = 0; i < XP->key_limit; i++) {
            void *value = XP_SELF->keys[i];
            if (value != NULL && XP->key_destructor[i] != NULL) {
                XP_SELF->keys[i] = NULL;
                any = true;
                XP->key_destructor[i](value);
            }
        }
        if (!any) {
            return;
        }
    }
}

void xp_thread_end(void *result)
{
    run_key_destructors();
    uintptr_t pc = XP_SELF->last_pc;
    xp_step(XP_EXIT, 0, pc);
    struct xp_thread *self = XP_SELF;
    if (self->held_count > 0) {
        const struct xp_held *held = &self->held[self->held_count - 1];
        xp_misuse(held->object, held->pc,
                  "a thread ends while it holds a lock");
    }
    xp_event(XP_EXIT, 0, pc, 0);
    self->result = result;
    self->state = XP_ENDED;
    XP->live_threads--;
    xp_changed();
    xp_wake(XP_JOIN, (uintptr_t)self);
    if (XP->live_threads == 0) {
        xp_program_returned(0);  // pthread_exit in main, and the last one left
    }
    xp_schedule(false);
    abort();  // an ended thread is never picked again
}

static struct xp_thread *joinable(int thread, uintptr_t pc, const char *verb)
{
    if (thread < 0 || thread >= XP->thread_count) {
        xp_misuse(0, pc, "%s is given something that is no thread", verb);
    }
    struct xp_thread *other = &XP->thread[thread];
    if (other->is_joined || other->is_detached) {
        xp_misuse((uintptr_t)other, pc,
                  "%s is given a thread that was already %s", verb,
                  other->is_joined ? "joined" : "detached");
    }
    return other;
}

int xp_thread_join(int thread, void **result, uint64_t deadline, bool try_only,
                   uintptr_t pc)
{
    xp_not_in_handler("joins a thread", 0, pc);
    xp_step(XP_JOIN, 0, pc);
    struct xp_thread *other = joinable(thread, pc, "pthread_join");
    if (thread == XP->current) {
        return EDEADLK;
    }
    while (other->state != XP_ENDED) {
        if (try_only) {
            return EBUSY;
        }
        if (!xp_block(XP_JOIN, (uintptr_t)other, pc, deadline) &&
            other->state != XP_ENDED) {
            return ETIMEDOUT;
        }
    }
    other = joinable(thread, pc,
                     "pthread_join");  // somebody else may have been faster
    other->is_joined = true;
    xp_clock_join(&XP_SELF->clock, &other->clock);
    xp_event(XP_JOIN, (uintptr_t)other, pc, 1);
    xp_changed();
    if (result != NULL) {
        xp_access((uintptr_t)result, sizeof *result, XP_WRITE, pc);
        *result = other->result;
    }
    return 0;
}

int xp_thread_detach(int thread, uintptr_t pc)
{
    xp_step(XP_DETACH, 0, pc);
    joinable(thread, pc, "pthread_detach")->is_detached = true;
    xp_changed();
    return 0;
}
