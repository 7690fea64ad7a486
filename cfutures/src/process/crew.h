// A process pool is a pool whose threads don't run tasks themselves. Each of
// them is the attendant of a worker process: it starts the worker, hands it
// one call after another, waits for each result, and sees to it that the worker
// is replaced when it dies.
//
//     queue ----> attendant ----> worker process
//                 (a thread)  <----
//
// So the queue, timers, bounds, callbacks, chains and test hooks are those of
// any pool, and a callback that takes its time holds up one worker, not all.
//
//     pool.c        cf_process_pool: options, and what may be wrong with them
//     attendant.c   an attendant's life, and its worker's
//     call.c        one call to the worker
//     death.c       how a worker ended, in words
//     servant.c     what its worker does
//     order.h       what they say to each other
//     wire.c        values as bytes
//     transport.h   what carries the bytes; here by Linux' means:
//       host.c        the program's side: the zygote
//       child.c       and each worker
//       zygote.c      the process that starts workers and waits for them
//       worker.c      the worker's side
//       channel.c     messages through shared memory
//       system.c      what is asked of the system
//     census.c      how many threads there are
//     absent.c      in place of the transport where there is no such system

#ifndef CFI_CREW_H
#define CFI_CREW_H

#include <cfutures.h>

#include "../future.h"
#include "../pool.h"

#pragma GCC visibility push(hidden)

struct cfi_transport;
struct cfi_attendant;

// What makes a pool one of processes.
struct cfi_crew {
    // Set at creation, then read only.
    const struct cfi_transport *transport;
    void *host;                // the transport's
    int max_tasks_per_worker;  // 0: any number
    enum cf_on_death on_death;
    double grace;  // seconds between a deadline and its end
};

// ----- attendants: the threads of such a pool (attendant.c) -----

// Around the creation of an attendant's thread: it ends here, if there is none,
// or with the beginning of its life.
void cfi_attendant_thread_begins(void);
void cfi_attendant_thread_has_begun(void);

// Begins and ends the life of an attendant. Its thread calls them.
bool cfi_attendant_begin(struct cfi_worker *worker);
void cfi_attendant_end(struct cfi_worker *worker);

// Sees to it that the attendant has a worker that is ready for a task. Returns
// 0, or the error number with which none could be started.
int cfi_attendant_get_ready(void);

// Has it one? If not, it must not take a task.
bool cfi_attendant_is_ready(void);

// Has the task of a RUNNING future run by the worker of the calling thread, and
// writes its result.
void cfi_attendant_run(cf_future *future);

// Is the calling thread an attendant of this pool?
bool cfi_attendant_is_of(const cf_executor *pool);

// Around callbacks, which the thread runs itself.
void cfi_attendant_call_back_begins(void);
void cfi_attendant_call_back_ends(void);

// Tells the worker that runs the future's task, if one does.
void cfi_attendant_ask_to_stop(cf_future *future);

// ----- the crew's end -----

// After a fork, in the child: of each crew, and of what they share.
void cfi_crew_forget(struct cfi_crew *crew);
void cfi_crews_forget(void);

// No attendant is there any more.
void cfi_crew_destroy(struct cfi_crew *crew);

#pragma GCC visibility pop

#endif
