// The tasks that a thread is inside of, and running one.

#ifndef CFI_TASK_H
#define CFI_TASK_H

#include <cfutures.h>

#include "future.h"
#include "value.h"
#include "waiter.h"

#pragma GCC visibility push(hidden)

// A context in force (context.c), and what it owns. Two owners in turn: the new
// value may be a part of the old one.
struct cfi_context {
    cf_value value;
    struct cfi_owner held[2];
    int holder;
};

// One for each task that the thread is inside of, on its stack: more than one
// while a task runs another one in place.
struct cfi_frame {
    cf_executor *pool;
    const char *label;  // how reports name the task
    cf_future *future;  // NULL: an initializer, a finalizer, a callback, or
                        // the task of a worker process
    bool is_callback;
    bool is_guest;                  // on a thread that is not the pool's
    const atomic_bool *is_to_stop;  // NULL: nobody can ask for it
    int64_t deadline;               // 0: none
    struct cfi_owner loose;  // the values made in it and not given away yet
    struct cfi_context context;
    struct cfi_frame *outer;  // the task that waits for this one, or NULL
    int depth;                // 1 for the outermost
};

// The innermost frame of the calling thread; NULL outside of any task.
struct cfi_frame *cfi_frame_current(void);

// In a process that was forked inside a task: it is in none.
void cfi_frame_forget(void);

// Is the thread inside a task of this pool? Inside this very task?
bool cfi_frame_is_of_pool(const cf_executor *pool);
bool cfi_frame_is_inside(const cf_future *future);

// How many tasks of the pool the thread is inside of. Callbacks don't count.
size_t cfi_frame_tasks_of(const cf_executor *pool);

// The pool in whose task, or callback after it, the thread is as a worker.
// NULL: it is none.
cf_executor *cfi_frame_worker_of(void);

// Runs the task of a RUNNING future in a frame of its own, and writes its
// result. The caller settles it.
void cfi_task_run(cf_future *future);

// Runs a call in a frame that has been set up. The result goes to `owner`.
cf_value cfi_task_run_in(struct cfi_frame *frame, const struct cfi_call *call,
                         struct cfi_owner *owner);

// Runs a call of the pool that has no future. The result goes to `owner`.
cf_value cfi_task_run_aside(cf_executor *pool, const struct cfi_call *call,
                            struct cfi_owner *owner);

// ----- result.c -----

// Inside a task of the future's pool: runs its task here, or the first of its
// chain, if that has not started, is due, and there is room on the stack. Else
// false.
bool cfi_run_in_place(cf_future *future);

// From when on could it, as things are? 0: at once. CFI_NO_DEADLINE: never.
int64_t cfi_run_in_place_from(cf_future *future);

// Would it, if there were room on the stack?
bool cfi_is_too_deep_for(cf_future *future);

// Calls a callback of a future that is done. It counts as a task of the same
// pool: what is loose in it is freed, and it may wait for what is queued.
void cfi_task_call_back(cf_future *future, cf_callback *function,
                        cf_value context, bool is_guest);

// Runs a task that the caller has taken out of the queue, and settles it
// (result.c).
void cfi_run_claimed(cf_future *future);

// ----- stop.c -----

// 0: there is none.
bool cfi_deadline_is_over(int64_t deadline);

// ----- context.c -----

// Frees what the context owns.
void cfi_context_end(struct cfi_context *context);

// ----- cycle.c: tasks that wait for each other -----

// Around a wait without a limit inside a task, for one of the waiter's futures.
// If the tasks of all of them wait, over whatever chains of tasks, for the
// calling thread: an error that names them, and the wait must not begin. Else
// nothing.
cf_value cfi_cycle_enter(const struct cfi_waiter *waiter);
void cfi_cycle_leave(void);

// After a fork, in the child.
void cfi_cycle_unlock_in_child(void);

// Tasks that run in place inside each other, at most. With 256, each of them
// may use 32 KiB of the usual stack of 8 MiB.
enum { CFI_DEEPEST_FRAME = 256 };

#pragma GCC visibility pop

#endif
