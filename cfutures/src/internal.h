// What the files of cfutures share: the future, the pool, the running task.
//
//     submit.c     the ways to submit
//     admit.c      user -> future -> queue
//     worker.c     queue -> thread -> result
//     threads.c    how threads come and go
//     task.c       running one task; the tasks that a thread is inside of
//     future.c     the state word; who owns a future
//     result.c     waiting for a result, or running the task in place
//     stop.c       asking a task to stop
//     context.c    what a task inherits from where it was submitted
//     cycle.c      tasks that wait for each other
//     hands.c      who sees to the work: an idle thread, a new one, a spare
//     timer.c      tasks that start later
//     bound.c      the bound on pending tasks
//     cancel.c     taking a task back that has not started
//     look.c       a future as a whole, for programs and in words
//     settle.c     how a future becomes final
//     callback.c   what is called then
//     chain.c      what goes on then: cf_then, cf_catch, cf_finally
//     promise.c    futures without a task
//     wait.c, completed.c, waiter.c, watch.c, seen.c   see waiter.h
//     queue.c      the pool's books, under its lock
//     executor.c   how a pool begins
//     shutdown.c   how it ends
//     exit.c       open pools at the end of the program
//     fork.c       pools in a forked child
//     open_pools.c which pools are open, so that none is closed twice
//     map*.c       see map.h
//     value.c, block.c, error.c, access.c              see value.h
//     report.c, log.c, writer.c                        see their headers
//     port_*.c, lock.c, system.c                       see their headers
//     testing.c    see hooks.h
//     process/     pools of processes, see process/crew.h
//
// future.h, pool.h and task.h declare what is in those down to open_pools.c.
//
// Names: cf_ is public, cfi_ is shared by the files of the library, and what
// one file has for itself carries no prefix.
//
// Lock order: the lock of cycle.c, then a pool's, then the lock of the test
// hooks, then (in port_portable.c) a bucket. The lock of open_pools.c is taken
// alone. No lock is held while user code runs (tasks, free functions, stop
// handlers, `changed`), nor while memory is asked for or a thread is created.

#ifndef CFI_INTERNAL_H
#define CFI_INTERNAL_H

#include "future.h"
#include "pool.h"
#include "task.h"
#include "waiter.h"

#endif
