// Callbacks: functions that are called when a future is done. They wait in the
// future's list, in the order of their registration, and are called by whoever
// ends the future (settle.c), or by cf_on_done itself if that has happened.

#include "internal.h"

#include "report.h"
#include "system.h"

static void destroy(struct cfi_callback *callback)
{
    cfi_owner_free_all(&callback->held);
    cfi_system.release(callback);
}

// The context is given away even if there is no memory, and NULL is returned.
static struct cfi_callback *create(cf_callback *function, cf_value context)
{
    struct cfi_callback *callback = cfi_system.allocate(sizeof *callback);
    if (callback == NULL) {
        cf_free(context);
        return NULL;
    }
    *callback = (struct cfi_callback){.function = function, .context = context};
    if (!cfi_give(&callback->context, &callback->held)) {
        destroy(callback);
        return NULL;
    }
    return callback;
}

void cfi_callbacks_run(cf_future *future, struct cfi_callback *first,
                       bool is_guest, struct cfi_line *later)
{
    while (first != NULL) {
        struct cfi_callback *next = first->next;
        if (first->function != NULL) {
            cfi_task_call_back(future, first->function, first->context,
                               is_guest);
        } else {
            cfi_chain_go_on(future, first, later);
        }
        destroy(first);
        first = next;
    }
}

void cfi_callback_add_locked(cf_future *future, struct cfi_callback *callback)
{
    if (future->first_callback == NULL) {
        future->first_callback = callback;
    } else {
        future->last_callback->next = callback;
    }
    future->last_callback = callback;
}

// False: the future is done already.
static bool add(cf_future *future, struct cfi_callback *callback)
{
    if (cfi_future_is_done(future)) {
        return false;
    }
    cfi_lock_acquire(&future->pool->lock);
    const bool is_in_time = !cfi_future_is_done(future);
    if (is_in_time) {
        cfi_callback_add_locked(future, callback);
    }
    cfi_lock_release(&future->pool->lock);
    return is_in_time;
}

bool cf_on_done_value(cf_future *future, cf_callback *function,
                      cf_value context)
{
    if (future == NULL) {
        cfi_stop("cf_on_done: the future is NULL");
    }
    if (function == NULL) {
        cfi_stop("cf_on_done: the callback is NULL");
    }
    struct cfi_callback *callback = create(function, context);
    if (callback == NULL) {
        return false;
    }
    if (!add(future, callback)) {
        cfi_callbacks_run(future, callback, true, NULL);
    }
    return true;
}
