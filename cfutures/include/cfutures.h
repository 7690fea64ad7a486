// cfutures: futures and executors for C, after Python's concurrent.futures.
//
// An *executor* (a pool of threads, or of processes) runs your functions for you. You
// hand it a function and an argument, and get a *future* at once: a receipt
// for a result that does not exist yet. Ask the future for the result when you
// need it; if the task has not finished, you wait, and nobody else does.
//
//     #include <cfutures.h>
//     #include <stdio.h>
//
//     static cf_value square(cf_value x)
//     {
//         int64_t side = cf_as_int(x);
//         return cf_int(side * side);
//     }
//
//     int main(void)
//     {
//         cf_with (pool, cf_thread_pool(.max_workers = 4)) {
//             cf_future *small = cf_submit(pool, square, 7);
//             cf_future *large = cf_submit(pool, square, 7000);
//             printf("%lld\n", (long long)cf_as_int(cf_result(small)));
//             printf("%lld\n", (long long)cf_as_int(cf_result(large)));
//         }
//         return 0;
//     }
//
// The chapters: 1 values, 2 errors, 3 executors, 4 futures, 5 several futures
// at once, 6 map, 7 callbacks, chains and promises, 8 reports.
//
// Compilers: gcc and clang, C11. Link with -lcfutures and -pthread. Every
// function may be called from any thread unless its comment says otherwise.
// Why things are as they are: docs/cfutures.md.

#ifndef CFUTURES_H
#define CFUTURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The compiler checks the arguments against the format, as it does for printf.
#define CF_PRINTF_LIKE(format_index, first_argument) \
    __attribute__((format(printf, format_index, first_argument)))

// ---------------------------------------------------------------------------
// 1. Values
// ---------------------------------------------------------------------------
//
// A task is a function from value to value. A value holds one of: nothing, an
// integer, a double, a text, bytes, a pointer, or an error. It is 16 bytes
// and is passed by copy, like an int. Make one with the functions below, read
// one with the accessors; its members are private.
//
// Who owns the memory behind a text, bytes or an error:
//
//   a view   cf_str, cf_bytes, cf_struct look at memory of yours. The library
//            copies what they see when you *give the value away*: that is,
//            pass it to cf_submit or return it from a task. Your memory has
//            to be valid until then. A task that returns a view of its own
//            local variable is too late: the variable is gone by then. Return
//            cf_format(...) or cf_copy(cf_struct(point)) instead.
//   loose    cf_format, cf_fail, cf_take and cf_copy make a value with a
//            memory block of its own. Made inside a task, it belongs to the
//            task, and is freed when the task ends, unless the task returns
//            it or submits it. Made anywhere else (in main, say), it is
//            yours: give it away, or cf_free it.
//   held     What a future was given, as argument or result, lives exactly as
//            long as that future (chapter 4). cf_result hands you such a
//            value: read it, pass it on (it is copied again), never free it.
//            cf_copy takes a copy out that outlives the future.
//
//     Made by                        freed by
//     cf_int, cf_double, cf_ptr ...  nobody: there is no memory behind it
//     cf_str(text) in main           you keep the text; cf_submit copies it
//     cf_format(...) in main         cf_submit takes it over, or you cf_free it
//     cf_format(...) in a task       the library, whatever the task does
//     the result of a task           the library, with the future
//     cf_copy(result)                you, with cf_free

typedef struct cf_value {
    uint64_t private_head;  // kind: the lowest 8 bits; length: the other 56
    uint64_t private_bits;  // the number itself, or an address
} cf_value;

// Nothing. Also what an all-zero cf_value means.
cf_value cf_none(void);

cf_value cf_int(int64_t number);

// A number above INT64_MAX does not fit: the value is then an error (ERANGE).
cf_value cf_unsigned(uint64_t number);

cf_value cf_double(double number);

// A view of a text that ends in '\0'. NULL gives an error value (EINVAL).
cf_value cf_str(const char *text);

// A view of `size` bytes. NULL is allowed only with size 0. Copies of the
// bytes are aligned for any type.
cf_value cf_bytes(const void *data, size_t size);

// A view of a struct (or any other variable) as bytes; see cf_as_struct. A
// pointer inside the struct is copied as a pointer: what it points to is not.
#define cf_struct(variable) cf_bytes(&(variable), sizeof(variable))

// A pointer, passed on as it is. The library never looks behind it: what it
// points to has to live until the last task that uses it has ended, and only
// threads can share it.
cf_value cf_ptr(const void *pointer);

// Big data that should move instead of being copied: the value owns `data`
// and calls free_data(data) exactly once, when its owner goes away. Give it
// away once; giving a held one away again passes a plain pointer on, which is
// good as long as the first owner lives. If no memory can be had for the
// value itself, free_data is called at once and the value is an error
// (ENOMEM). Read it with cf_as_ptr. NULL for free_data: error (EINVAL).
cf_value cf_take(void *data, void (*free_data)(void *data));

// A new text made as printf would. Out of memory: an error value (ENOMEM).
cf_value cf_format(const char *format, ...) CF_PRINTF_LIKE(1, 2);

// A loose copy of a text, bytes, struct or error, with memory of its own; other
// values are returned as they are. A cf_take value cannot be copied: error
// (EINVAL). Out of memory: error (ENOMEM).
cf_value cf_copy(cf_value value);

// Frees the memory of a loose value. Does nothing for views, for values
// without memory, and for what a future or another task owns.
void cf_free(cf_value value);

// What kind of value is it? For messages: "nothing", "int", "double", "text",
// "bytes", "pointer" or "error". The answer is never freed.
const char *cf_kind_name(cf_value value);

// Accessors. Asked for something that the value does not hold, they print
// what it does hold and where they were called, then stop the program: that
// is a bug in the caller. An error value makes them print the whole error
// report: an error that nobody looked for is not lost in silence. (Look with
// cf_failed or cf_exception first where an error is to be expected.)
// Texts and bytes are borrowed; they live as long as the value's owner.
#define cf_as_int(value) cf_as_int_at((value), CF_HERE)        // int64_t
#define cf_as_double(value) cf_as_double_at((value), CF_HERE)  // also from int
#define cf_as_str(value) cf_as_str_at((value), CF_HERE)        // const char *
#define cf_as_bytes(value) cf_as_bytes_at((value), CF_HERE)    // const void *
#define cf_as_ptr(value) cf_as_ptr_at((value), CF_HERE)        // void *

// The struct that cf_struct put in, e.g. `struct order o = cf_as_struct(v,
// struct order);`. A size that differs from the type's is a wrong kind, too.
#define cf_as_struct(value, type) \
    (*(const type *)cf_as_struct_at((value), sizeof(type), CF_HERE))

// Length of a text (without its '\0') or number of bytes; 0 for other kinds.
size_t cf_size(cf_value value);

// ---------------------------------------------------------------------------
// 2. Errors
// ---------------------------------------------------------------------------
//
// A task reports failure by returning an error value:
//
//     if (divisor == 0) {
//         return cf_fail(EDOM, "%lld / 0", (long long)dividend);
//     }
//
// It travels through the future like any result. In the caller,
// cf_exception(future) or cf_failed(value) looks at it; cf_as_int and its
// kind stop the program on it, with a report. A function that makes values
// and cannot (cf_str(NULL), no memory, ...) returns an error value, too; given
// to a task, it arrives there like any other argument.

typedef struct cf_error {
    int code;  // errno's, or one of enum cf_code
    int line;  // where cf_fail was called; 0: the library made it
    const char *file;
    const char *function;
    const char *message;
    const struct cf_error *cause;  // or NULL
} cf_error;  // read only; lives as long as the value it came from

enum cf_code {
    CF_ETIMEOUT = 10001,  // the wait was over before the task was
    CF_ESHUTDOWN,         // submitted after cf_shutdown
    CF_EBROKEN,           // the pool cannot run tasks; the cause says why
    CF_EDEADLOCK,         // waiting here could never end
    CF_ECANCELLED,        // cf_cancel came before the task started
    CF_EFULL,             // too many tasks wait, and the pool refuses more
    CF_EFORKED,           // the pool is another process's: its parent's
    CF_EDEADLINE,         // the time was over before the task started, or ended
    CF_EDIED,             // the worker process ended in the middle of the task
    CF_EPOINTER,          // a pointer was to go to another process
};

// An error value with code, message, and the place where it is written.
// Out of memory: an error value all the same, with code ENOMEM.
#define cf_fail(code, ...) cf_fail_at(CF_HERE, (code), __VA_ARGS__)

// The same with the error that led to it. `cause` has to be an error value;
// it is copied, and stays whose it was.
#define cf_fail_because(cause, code, ...) \
    cf_fail_because_at(CF_HERE, (cause), (code), __VA_ARGS__)

// Is the value an error?
bool cf_failed(cf_value value);

// The error in an error value, or NULL. Borrowed from the value.
const cf_error *cf_as_error(cf_value value);

// ---------------------------------------------------------------------------
// 3. Executors
// ---------------------------------------------------------------------------

typedef struct cf_executor cf_executor;
typedef struct cf_future cf_future;

// A task. It runs on one of the pool's threads, or in one of its processes.
typedef cf_value (*cf_task)(cf_value arg);

// A task with a context: a second value for what all calls share (a table, a
// connection, a limit), so that no global is needed. See cf_submit_with.
typedef cf_value (*cf_context_task)(cf_value context, cf_value arg);

// What cf_submit does when a pool has max_pending tasks waiting.
enum cf_when_full {
    CF_BLOCK,   // waits until there is room
    CF_REFUSE,  // gives a future that has failed with CF_EFULL
};

struct cf_thread_pool_options {
    size_t size;          // set by cf_thread_pool; lets the struct grow later
    int max_workers;      // threads at most; 0: as Python, min(32, CPUs + 4)
    const char *name;     // its threads are called name_0, name_1, ... ; copied
    cf_task initializer;  // run by each thread before its first task
    cf_value initializer_arg;
    cf_task finalizer;  // run by each thread after its last task
    cf_value finalizer_arg;
    size_t max_pending;  // tasks that wait for a thread, at most; 0: any number
    enum cf_when_full when_full;
};

// Creates a pool of threads: cf_thread_pool() or
// cf_thread_pool(.max_workers = 4). Threads start when there is work for them.
// Never NULL: if the pool cannot be made (no memory, a negative number of
// workers), it is broken, and every future it gives has failed with
// CF_EBROKEN. Close it with cf_close, or let cf_with do so.
// A thread that cannot be started is not missed as long as the pool has
// another one; with none, what waits in the queue fails with CF_EBROKEN, and
// the next cf_submit tries again. The threads take no signals.
//
// What each thread needs for itself (a connection, a seed, a buffer) is made
// by an initializer, and put away by a finalizer, which cf_close waits for:
//
//     static cf_value connect(cf_value host) { ... return cf_none(); }
//     static cf_value disconnect(cf_value unused) { ... return cf_none(); }
//
//     cf_thread_pool(.max_workers = 4, .name = "fetch",
//                    .initializer = connect,
//                    .initializer_arg = cf_str("example.org"),
//                    .finalizer = disconnect)
//
// Their arguments are given away to the pool as a task's are to its future;
// all threads see the same one. An initializer that fails (returns an error)
// breaks the pool: what waits in the queue, and what is submitted from then
// on, fails with CF_EBROKEN and that error as its cause; tasks that other
// threads are running go on to their own end. The finalizer runs on threads
// whose initializer succeeded; an error of it goes to the log (cf_on_log).
//
// The name is cut to what the system shows (15 bytes with the number on Linux).
//
// max_pending keeps a fast producer from filling the memory: with
// .max_workers = 4, .max_pending = 100, up to 104 tasks are there at once, and
// cf_submit waits before the next one until a task is done; or, with
// .when_full = CF_REFUSE, the future has failed with CF_EFULL. A task that
// submits to its own full pool never waits, because the pool might wait for
// that task: cf_submit runs the new task right there, as a plain call would,
// before it returns (and refuses it at the 256th such call inside another).
#define cf_thread_pool(...)                                       \
    cf_thread_pool_create(&(const struct cf_thread_pool_options){ \
        .size = sizeof(struct cf_thread_pool_options), __VA_ARGS__})

// Creates a pool of processes: cf_process_pool() or
// cf_process_pool(.max_workers = 2). It is used like a pool of threads, and all
// that is said of pools and futures in this header holds, except where it says
// otherwise. Tasks run in other processes: none can overwrite the program's
// memory, and one that crashes fails alone.
//
//     cf_with (pool, cf_process_pool(.max_workers = 2)) {
//         cf_future *image = cf_submit(pool, decode, cf_bytes(data, size));
//         const cf_error *error = cf_exception(image);
//         if (error != NULL && error->code == CF_EDIED) {
//             puts(error->message);  // ... was killed in this task by SIGSEGV
//         }
//     }
//
//   memory   Workers see the program's memory as it was when the pool was made,
//            each a copy of its own. What a task changes, nobody else sees.
//   values   Arguments and results go by copy, whatever their size. A pointer
//            would mean nothing there: a task with a cf_ptr or a cf_take fails
//            with CF_EPOINTER at once, and so does one that returns it. A
//            pointer inside of a struct is not seen: the task gets an address
//            of another process, and crashes if it follows it, or worse.
//   errors   come back as they were made, with file, line and causes.
//   death    A task whose worker ends in the middle of it, by a crash, a signal
//            or exit(), fails with CF_EDIED, and the message says how. The
//            other tasks don't notice; a new worker takes its place. In a map,
//            all items of the chunk fail, each in its place, and the map goes
//            on. With .on_death = CF_BREAK one death breaks the pool.
//   stop     cf_stopping works. A task that runs past its deadline
//            (cf_submit_within) by more than `grace` seconds is ended with its
//            worker: CF_EDEADLINE.
//   output   What a task prints is written out before its result is there. What
//            the program printed before is not printed again.
//   here     stay callbacks, the functions of cf_take, sources of maps, and
//            whoever sets a promise.
//
// A call costs some microseconds more than with threads: it pays for tasks that
// take longer, or in chunks (see cf_map).
//
// The workers come from a process that is forked here, when the pool is made;
// the program has to be without other threads then, since one of them might hold
// a lock, which would stay locked in the workers. So make process pools first;
// else the pool is broken (CF_EBROKEN). A task cannot use the pool that it runs
// in (CF_EFORKED); it may have pools of its own. If the program ends, however
// that may be, its workers do. SIGINT, SIGQUIT and SIGHUP are the program's
// alone.
#define cf_process_pool(...)                                        \
    cf_process_pool_create(&(const struct cf_process_pool_options){ \
        .size = sizeof(struct cf_process_pool_options), __VA_ARGS__})

enum cf_start {
    CF_SAFELY,  // refuses to make the pool if there are other threads
    CF_FORK,    // makes it all the same: no lock can be in use
};

enum cf_on_death {
    CF_REPLACE,  // the worker by another one
    CF_BREAK,    // the whole pool, as Python does
};

struct cf_process_pool_options {
    size_t size;          // set by cf_process_pool
    int max_workers;      // processes, up to 4096; 0: one for each usable CPU
    const char *name;     // of the threads that attend to the workers
    cf_task initializer;  // run by each process before its first task
    cf_value initializer_arg;
    cf_task finalizer;  // run by each process after its last task
    cf_value finalizer_arg;
    size_t max_pending;  // as in cf_thread_pool_options
    enum cf_when_full when_full;
    int max_tasks_per_child;  // then another process takes over; 0: never
    enum cf_start start;
    enum cf_on_death on_death;
    int inner_threads;  // for OpenMP and the like in a task; 0: their own choice
    double grace;       // seconds, see above; 0: one second
};

// Ends the workers of a process pool, by SIGTERM or by SIGKILL, also those in
// the middle of a task: that fails with CF_EDIED. What has not started is
// cancelled, the pool is shut down, and no worker takes the place of another.
// Does not wait. May be called on a pool that is broken or shut down. On a pool
// of threads: stops the program with a report, since nobody can end a thread.
void cf_terminate_workers(cf_executor *pool);
void cf_kill_workers(cf_executor *pool);

// A block that owns an executor, as `with` does in Python:
//
//     cf_with (pool, cf_thread_pool(.max_workers = 4)) {
//         ... cf_submit(pool, ...) ...
//     }   // here: waits for all tasks, then frees the pool and its futures
//
// The pool is closed however the block is left: at its end, by return, by
// goto. Three cautions:
//   return  is evaluated first, so `return cf_as_int(cf_result(f));` is right,
//           while `return cf_as_str(cf_result(f));` hands out freed text:
//           return cf_copy(cf_result(f)), and let the caller cf_free it.
//           The compiler does not see that the block always runs, and asks
//           for another return below it. So it reads better to assign to a
//           variable inside the block, and to return that below it.
//   break   and continue leave the block, not the loop around it.
//   longjmp and exit() out of the block skip the closing.
#define cf_with(pool, executor)                                    \
    for (cf_executor *pool CF_CLOSED_AT_END_OF_SCOPE = (executor), \
                           *CF_UNIQUE_NAME(cf_once) = pool;        \
         CF_UNIQUE_NAME(cf_once) != NULL; CF_UNIQUE_NAME(cf_once) = NULL)

// Runs task(arg) on the pool, some time soon, and returns its future at once.
// Tasks start in the order of their submission (but see cf_result inside a
// task).
//
// `arg` is an integer, a double, a text or a cf_value; give a struct, an array
// or a pointer as cf_struct(x), cf_bytes(p, n) or cf_ptr(p). It is copied (or
// taken over, see "loose" above) before cf_submit returns.
//
// Never NULL, and never blocks on a task unless the pool has a max_pending. If
// the task cannot be run (pool broken or shut down, no memory, no thread), the
// future has already failed, and says why; `arg` was given away all the same.
// Release it as any other.
#define cf_submit(pool, task, arg) \
    CF_SUBMIT_FOR(task)((pool), (task), cf_value_of(arg), CF_TASK_LABEL(task))

// Runs task(context, arg) likewise. `context` is any cf_value or what
// cf_value_of accepts, and is given away just as `arg` is.
#define cf_submit_with(pool, task, context, arg)             \
    CF_SUBMIT_WITH_FOR(task)                                 \
    ((pool), (task), cf_value_of(context), cf_value_of(arg), \
     CF_TASK_LABEL(task))

// Submits task(args[i]) for each i below count, in this order, and writes the
// futures to futures[i]. The same as so many calls of cf_submit, but with one
// turn of the pool's lock, and no more threads woken than there is work for.
// `args` is an array of cf_value; all of them are given away.
#define cf_submit_many(pool, task, args, count, futures) \
    CF_SUBMIT_MANY_FOR(task)                             \
    ((pool), (task), (args), (count), (futures), CF_TASK_LABEL(task))

// Likewise task(context, args[i]).
#define cf_submit_many_with(pool, task, context, args, count, futures) \
    CF_SUBMIT_MANY_WITH_FOR(task)                                      \
    ((pool), (task), cf_value_of(context), (args), (count), (futures), \
     CF_TASK_LABEL(task))

// Submits task(arg) so that it starts when `seconds` have passed, or as soon as
// a thread is free after that: for another try after a pause, say.
//
//     cf_future *retry = cf_after(pool, 0.5, fetch, cf_str(address));
//
// No thread sleeps for it, but one that is free anyway. Until its time has
// come, the task is pending: cf_cancel takes it back, and nothing runs it in
// place. It doesn't count for max_pending. cf_shutdown and cf_close wait for it
// like for any other; with CF_CANCEL_PENDING they cancel it. 0 seconds or less:
// the same as cf_submit. 1e9 and more: it never starts.
#define cf_after(pool, seconds, task, arg) \
    CF_AFTER_FOR(task)                     \
    ((pool), (seconds), (task), cf_value_of(arg), CF_TASK_LABEL(task))

// Likewise task(context, arg).
#define cf_after_with(pool, seconds, task, context, arg)                \
    CF_AFTER_WITH_FOR(task)                                             \
    ((pool), (seconds), (task), cf_value_of(context), cf_value_of(arg), \
     CF_TASK_LABEL(task))

// Runs task(arg) as cf_submit does, with a deadline in `seconds`. A task whose
// turn comes later than that is not started: its future fails with
// CF_EDEADLINE. A task that runs when the time is over is asked to stop, see
// cf_stopping. Nobody is told of a missed deadline before the
// task's turn comes.
#define cf_submit_within(pool, task, arg, seconds) \
    CF_SUBMIT_WITHIN_FOR(task)                     \
    ((pool), (task), cf_value_of(arg), (seconds), CF_TASK_LABEL(task))

// Likewise task(context, arg).
#define cf_submit_within_with(pool, task, context, arg, seconds)        \
    CF_SUBMIT_WITHIN_WITH_FOR(task)                                     \
    ((pool), (task), cf_value_of(context), cf_value_of(arg), (seconds), \
     CF_TASK_LABEL(task))

// Runs task(arg) without a future, where nobody wants the result. If the task
// fails, or cannot be run, its error goes to the log, by default to stderr (see
// cf_on_log); the error of a future that you don't look at goes nowhere.
// Returns whether the pool has accepted the task.
#define cf_execute(pool, task, arg) \
    CF_EXECUTE_FOR(task)((pool), (task), cf_value_of(arg), CF_TASK_LABEL(task))

// Likewise task(context, arg).
#define cf_execute_with(pool, task, context, arg)            \
    CF_EXECUTE_WITH_FOR(task)                                \
    ((pool), (task), cf_value_of(context), cf_value_of(arg), \
     CF_TASK_LABEL(task))

// A value that the tasks submitted from here inherit: the request that they
// serve, say, or who is logged in; so that it need not be an argument of every
// task and of every task that these submit.
//
//     cf_set_context(cf_format("request %d", number));
//     cf_submit(pool, fetch, address);
//     ...
//     static cf_value fetch(cf_value address)
//     {
//         log_line(cf_as_str(cf_context()), "fetching");
//
// Each thread has its own context, and so has each task: it begins with that
// of the thread or task which submitted it, as of then; callbacks see their
// task's. The value is given away to the thread, or to the task, whose end is
// also the end of what it set. A thread that is not the pool's gives the memory
// back by cf_set_context(cf_none()). Returns false if there was no memory to
// copy it: the context is then an error, ENOMEM, which tasks inherit, too.
#define cf_set_context(value) cf_set_context_value(cf_value_of(value))

// The context in force. Nothing, unless somebody has set one. Borrowed until it
// is set again, or the task ends.
cf_value cf_context(void);

enum cf_shutdown_flags {
    CF_NO_WAIT = 0,
    CF_WAIT = 1,            // return only after the last task has ended
    CF_CANCEL_PENDING = 2,  // cancel what has not started, see cf_cancel
};

// Accepts no more tasks. Those submitted before still run, unless the flags say
// CF_CANCEL_PENDING; what has started goes on in any case. Futures stay
// readable. May be called again, e.g. first without waiting, then with
// CF_WAIT | CF_CANCEL_PENDING.
// With CF_WAIT inside a task of the same pool it would wait for itself: the
// program is stopped with a report.
void cf_shutdown(cf_executor *pool, enum cf_shutdown_flags flags);

// Shuts down, waits for all tasks, ends the threads, and frees the pool with
// all its futures but those taken along by cf_keep. Call it once; inside
// cf_with the block does. NULL is allowed. Closed already, or inside a task of
// the same pool: stops the program with a report. No other thread may use the
// pool, or its unkept futures, during or after the call.
void cf_close(cf_executor *pool);

// The same for a program that cannot wait for ever: shuts down, and waits for
// `seconds` at most (as in cf_result_within). If all tasks are done by then,
// closes the pool and returns true. Else the log gets the names of the tasks
// that are running (cf_on_log), and nothing else is done: tasks go on, the pool
// is shut down but not closed, it and its futures stay valid. Cancel what has
// not started, ask what runs to stop, and call again; or leave the pool to the
// end of the program: memory in use by a running task can't be freed.
// Initializers and finalizers are waited for without a limit.
bool cf_close_within(cf_executor *pool, double seconds);

// How long the end of the program (exit, or a return from main) waits for what
// was submitted to pools that are still open: 10 seconds, unless this is
// called; 0: not at all. Such pools are shut down, their tasks are finished,
// and if they are not in time, the log says which are running. No finalizers
// run. Not waited for is the pool whose task calls exit, and nothing if the
// program ends otherwise (_exit, abort, a signal).
void cf_exit_grace(double seconds);

// fork: the child has no threads but the one that called fork, so the pools
// that it inherits are inert. cf_submit gives a future that has failed with
// CF_EFORKED, and so do futures that were not done; results that were there can
// be read; cf_shutdown and cf_close do nothing. Nothing hangs, whatever the
// parent was doing. Pools that the child creates work. A child that was forked
// inside a task should exec or _exit there: it ends where the task returns.

// ---------------------------------------------------------------------------
// 4. Futures
// ---------------------------------------------------------------------------
//
// A future goes one way, and through each state at most once:
//
//     PENDING ----> RUNNING ----> FINISHED
//        :
//        :........> CANCELLED
//
// It lives until its pool is closed. A program that submits for days gives
// each future back early with cf_release; one that needs a future after the
// pool is gone takes it along with cf_keep.

// Waits until the task is done, then returns its result. On failure that is
// an error value. Ask as often as you like. Owned by the future.
//
// Called inside a task of the same pool for a task that has not started yet,
// it runs that task right here instead of waiting, so that a pool of one
// worker does not lock up. (So don't hold a lock then that the other task
// needs.) One that starts later (cf_after) it runs when that is due, unless a
// worker was earlier. Where a task has to wait after all, its pool may start a
// spare thread in its place, up to 64 of them; so that what it waits for can
// run. When all of these wait, other tasks stay queued until a wait is over.
//
// A wait that could never end gives an error value with CF_EDEADLOCK, owned by
// the asking task: a task that asks for its own result; tasks that wait for
// each other in a circle, over whatever threads and pools, also by cf_wait, loops
// over futures as they are done, maps and continuations (the message names
// them); a chain of more than 256 tasks run inside each other. Not seen is who
// waits for whom by other means: locks of the program's own, and promises,
// which cf_close ends.
cf_value cf_result(cf_future *future);

// The same, for `seconds` at most; 0 or less: looks once and never waits. If
// the time is over, an error value with CF_ETIMEOUT; the task goes on, and the
// future stays as it was. Elapsed time is counted by the monotonic clock.
// Unlike cf_result it runs no task in place: how long that takes is unknown. A
// spare thread runs it, see above.
// CF_FOREVER and more is no limit, the same as cf_result.
cf_value cf_result_within(cf_future *future, double seconds);

// For all that takes a time limit: none. In seconds, more than 30 years.
#define CF_FOREVER 1e9

// Waits as cf_result does. NULL if the task succeeded, else its error, owned
// by the future.
const cf_error *cf_exception(cf_future *future);

// Cancels a task that has not started. True: it never ran and never will; its
// result is an error with CF_ECANCELLED, and whoever waits for it gets that at
// once. Also true if it had been cancelled before. False: it has started, or is
// over, and goes on as if nothing had been asked. Does not wait.
//
//     if (!cf_cancel(lunch)) {
//         eat(cf_result(lunch));  // too late: it was already on the stove
//     }
bool cf_cancel(cf_future *future);

enum cf_state {
    CF_PENDING = 0,    // not started
    CF_RUNNING = 1,    // started, not over
    CF_FINISHED = 2,   // has a result, which may be an error
    CF_CANCELLED = 3,  // never started and never will
};

// Asks for an end. A task that has not started is cancelled; one that runs goes
// on, and finds cf_stopping() true from now on. Returns false if it is done
// already. A request: a task that never looks is not disturbed.
bool cf_stop(cf_future *future);

// Inside a task: was it asked to stop, by cf_stop or by its deadline? Cheap
// enough for every round of a loop:
//
//     while (done < count) {
//         if (cf_stopping()) {
//             return cf_fail(CF_ECANCELLED, "stopped after %d items", done);
//         }
//         ...
//
// A task run in place inside of another one looks for its own future's
// requests. False outside of tasks.
bool cf_stopping(void);

// State queries. They never wait, and their answer can be old when you read
// it, except for "done", which is final. Asking again and again until
// the answer changes is called busy waiting: use cf_result.
bool cf_done(const cf_future *future);       // finished or cancelled
bool cf_running(const cf_future *future);    // started, not finished
bool cf_cancelled(const cf_future *future);  // cancelled

// All of it at once, as of one moment.
struct cf_snapshot {
    enum cf_state state;
    cf_value result;        // when it is finished or cancelled; else nothing
    const cf_error *error;  // the error in `result`, or NULL
};  // both are the future's

struct cf_snapshot cf_look(const cf_future *future);

// The same in words, on one line, for logs and debuggers:
//
//     greet, submitted at greeter.c:12: finished with a text: "Hello, Ada!"
//
// Writes at most `size` bytes, the '\0' included, and returns how many the whole
// text has without it, as snprintf does. NULL is allowed with size 0.
size_t cf_describe(const cf_future *future, char *buffer, size_t size);

// Takes the future along: it stays valid when its pool is closed, until a
// cf_release of its own for each cf_keep. Returns the same future.
cf_future *cf_keep(cf_future *future);

// Gives the future back: you won't use it, nor its result, any more. The task
// still runs. Undoes one cf_keep, or, without one, frees the future before its
// pool is closed. NULL is allowed. Once too often is undefined.
void cf_release(cf_future *future);

// ---------------------------------------------------------------------------
// 5. Several futures at once
// ---------------------------------------------------------------------------
//
// Of one pool or of several. The array is yours; it holds no NULL. Futures have
// to live until the call, or the loop, is over. Inside a task, both ways of
// waiting, if they have no time limit, run in place what has not started, as
// cf_result does. If what they wait for can never be done, they end early:
// cf_result of a future that is left says why, with CF_EDEADLOCK.

enum cf_wait_mode {
    CF_ALL_COMPLETED = 0,
    CF_FIRST_COMPLETED = 1,
    CF_FIRST_EXCEPTION = 2,  // an error, not one of a cancelled task; or all
};

// Waits until all are done, or the first is, or the first fails; for `seconds`
// at most (0: only looks; CF_FOREVER: no limit). Returns how many are done, and
// sorts the array: first those that are done, then the others, each group in
// the order that it had.
//
//     size_t served = cf_wait(dishes, 3, CF_FIRST_COMPLETED, 60);
//     for (size_t i = served; i < 3; i++) {
//         cf_cancel(dishes[i]);
//     }
//
// A future that is in the array more than once counts once; its other places
// move to the very end. Without memory for waiting: 0, at once, and the array
// is as it was. A mode that does not exist stops the program with a report.
size_t cf_wait(cf_future **futures, size_t count, enum cf_wait_mode mode,
               double seconds);

// Goes through futures as they are done; each once, even if it is in the array
// more often. Those that are done at the beginning come first, in their order.
//
//     cf_for_completed (dish, dishes, 3) {
//         puts(cf_as_str(cf_result(dish)));
//     }
//
// The loop may be left by break, return or goto. Without memory for the loop it
// has one round, with a future that failed with ENOMEM.
#define cf_for_completed(future, futures, count)                          \
    for (cf_completed *                                                   \
             CF_UNIQUE_NAME(cf_loop)                                      \
                 CF_COMPLETED_CLOSED_AT_END_OF_SCOPE =                    \
             cf_as_completed((futures), (count), CF_FOREVER),             \
                 *CF_UNIQUE_NAME(cf_once) = CF_UNIQUE_NAME(cf_loop);      \
         CF_UNIQUE_NAME(cf_once) != NULL; CF_UNIQUE_NAME(cf_once) = NULL) \
        for (cf_future *future = NULL;                                    \
             (future = cf_next_completed(CF_UNIQUE_NAME(cf_loop))) != NULL;)

// The same by hand, for a time limit, or for futures that come later. For one
// thread at a time.
//
//     cf_completed *dishes_done = cf_as_completed(dishes, 3, 60);
//     cf_future *dish;
//     while ((dish = cf_next_completed(dishes_done)) != NULL) {
//         puts(cf_as_str(cf_result(dish)));
//     }
//     printf("%zu were too late\n", cf_completed_left(dishes_done));
//     cf_completed_close(dishes_done);
typedef struct cf_completed cf_completed;

// The time limit counts from here. Never NULL: without memory, it gives one
// future that failed with ENOMEM, and ends.
cf_completed *cf_as_completed(cf_future **futures, size_t count,
                              double seconds);

// One more future; it is given even if it was before. False: no memory.
bool cf_completed_add(cf_completed *completed, cf_future *future);

// The next future that is done; waits for it if need be. NULL: all were given,
// or the time is over; then it still gives what is done, but never waits. Or,
// inside a task, without a limit: those that are left can't be done before this
// task is, see cf_result.
cf_future *cf_next_completed(cf_completed *completed);

// How many futures were not given yet. After the time is over: those that were
// too late.
size_t cf_completed_left(const cf_completed *completed);

// Frees it; the futures go on. NULL is allowed.
void cf_completed_close(cf_completed *completed);

// ---------------------------------------------------------------------------
// 6. Map
// ---------------------------------------------------------------------------
//
// The same task for many items, with the results in the order of the items,
// whichever is ready first:
//
//     static cf_value length(cf_value word)
//     {
//         return cf_int((int64_t)cf_size(word));
//     }
//
//     const char *words[] = {"ada", "grace", "barbara"};
//     cf_for (n, cf_map(pool, length, words, 3)) {
//         printf("%lld\n", (long long)cf_as_int(n));  // 3, 5, 7
//     }
//
// Errors are results: a task that fails puts its error into its own place, and
// the loop goes on. (So look with cf_failed where that may happen: an accessor
// stops the program on an error.) What the map itself cannot do, because
// its time is over, the pool takes no more tasks or there is no memory, is an
// error, too: it is the last item, and cf_map_error tells the two apart.

typedef struct cf_map_iter cf_map_iter;

// A function that gives one item after another, called by the thread that
// iterates. It sets *item, which is given away as by cf_submit, and returns
// true; or it returns false: there are no more, and it is not called again.
typedef bool cf_source(void *state, cf_value *item);

struct cf_map_options {
    size_t size;         // set by cf_map; lets the struct grow later
    size_t chunk;        // so many items are one task for the pool; 0: 1
    size_t ahead;        // so many items are submitted ahead; 0: see below
    double seconds;      // for the whole map, from its call on; 0: no limit
    bool stop_on_error;  // the first failed item is the last one
};

// cf_map(pool, task, array, count) starts task(item) for each item of an array,
// and returns an iterator: for cf_for, which closes it, or for cf_next and
// cf_map_close.
//
// `array` has `count` elements of type int, unsigned, long, long long (also
// unsigned; that makes int64_t and size_t), float, double, char * or cf_value.
// Options may follow: cf_map(pool, task, array, count, .chunk = 100).
//
//   order    Results come in the order of the items, as in Python.
//   ahead    All items are submitted, and copied, before the call returns, and
//            the array may go. With .ahead = n they are submitted as the
//            results are taken: while the caller waits for one or looks at it,
//            at most n further items have been submitted. Then the array has
//            to stay until the map is closed.
//   chunk    Items that take a few microseconds or less are better handed to
//            the pool in chunks, of which each is one task. Each item has its
//            own result, or error, all the same.
//   seconds  The time counts from the call of cf_map, not for each item; less
//            than 0 is over at once. Results that are there are handed out
//            even if it is over. Then an error with CF_ETIMEOUT is the last
//            item, and the rest is given up as if the loop were left early.
//   values   An array of cf_values is given away as cf_submit's argument is:
//            all of it, even if the map ends early.
//
// Never NULL. Blocks only where cf_submit would. The pool has to stay until
// the map is closed.
#define cf_map(...) CF_MAP_(__VA_ARGS__, CF_MAP_SIZE, )

// cf_map_with(pool, task, context, array, count) does the same with a context,
// as cf_submit_with: task(context, item). The map holds the context until the
// last task is done with it.
#define cf_map_with(...) CF_MAP_WITH_(__VA_ARGS__, CF_MAP_SIZE, )

// cf_map_from(pool, task, next, state) takes the items from a function, one
// after another, lazily and for ever if it likes: next(state, &item) for each.
// Without .ahead, it is 4 items (or chunks) for each thread of the pool. The
// other options are the same. With a context it is
// cf_map_from_with(pool, task, context, next, state).
//
// Several arrays side by side are such a function: as zip does in Python, it
// ends with the shorter one.
//
//     struct pairs { const int *a, *b; size_t a_left, b_left; };
//
//     static bool next_pair(void *state, cf_value *item)
//     {
//         struct pairs *pairs = state;
//         if (pairs->a_left == 0 || pairs->b_left == 0) {
//             return false;
//         }
//         const int pair[2] = {*pairs->a++, *pairs->b++};
//         pairs->a_left--;
//         pairs->b_left--;
//         *item = cf_copy(cf_struct(pair));  // `pair` ends here: take a copy
//         return true;
//     }
//
//     cf_for (sum, cf_map_from(pool, add, next_pair, &pairs)) { ... }
#define cf_map_from(...) CF_MAP_FROM_(__VA_ARGS__, CF_MAP_SIZE, )
#define cf_map_from_with(...) CF_MAP_FROM_WITH_(__VA_ARGS__, CF_MAP_SIZE, )

// A loop over the results of a map, which it closes however it is left: at its
// end, by break, return or goto. Leaving early cancels what has not started and
// asks what runs to stop (see cf_stopping); nobody waits for it.
// clang-format off
#define cf_for(value, map)                                                \
    for (cf_map_iter *CF_UNIQUE_NAME(cf_iterator)                         \
                          CF_MAP_CLOSED_AT_END_OF_SCOPE = (map),          \
                     *CF_UNIQUE_NAME(cf_loop) =                           \
                          CF_UNIQUE_NAME(cf_iterator);                    \
         CF_UNIQUE_NAME(cf_loop) != NULL; CF_UNIQUE_NAME(cf_loop) = NULL) \
        for (cf_value value = {0, 0};                                     \
             cf_next(CF_UNIQUE_NAME(cf_iterator), &value);)
// clang-format on

// Waits for the next result, and puts it into *value. False: that was all, and
// *value is nothing. Inside a task of the same pool it may run the task in
// place, as cf_result does. One thread at a time.
//
// The value is the map's, and lives until the next call of cf_next or
// cf_map_close: cf_copy takes a copy out.
bool cf_next(cf_map_iter *map, cf_value *value);

// Why the map ended before its items did: the error that was its last item (of
// the map itself, or with .stop_on_error of a task), or NULL. Borrowed from the
// map.
const cf_error *cf_map_error(const cf_map_iter *map);

// Ends a map, at any point: cancels what has not started, asks what runs to
// stop, without waiting for it, and frees all results. cf_for does it by itself.
// NULL is allowed.
void cf_map_close(cf_map_iter *map);

// ---------------------------------------------------------------------------
// 7. Callbacks, chains and promises
// ---------------------------------------------------------------------------

// Called with a future that is done, and with the context that it was
// registered with.
typedef void cf_callback(cf_future *future, cf_value context);

// Has callback(future, context) called as soon as the future is done: finished
// or cancelled. Several are called in the order in which they were registered.
//
//     static void served(cf_future *dish, cf_value table)
//     {
//         printf("table %s: %s\n", cf_as_str(table),
//         cf_as_str(cf_result(dish)));
//     }
//
//     cf_on_done(cf_submit(pool, cook, "soup"), served, "12");
//
// Each is called exactly once, with no lock of the library held, in the thread
// that ends the future: a worker, or whoever cancels it. If the future is done
// already, it is called at once, right here. The thread has to get on with its
// work, so a callback should be short; what takes long is better submitted.
// Closing the pool, and cf_shutdown with CF_WAIT, wait for the callbacks, too,
// and may not be called inside one. What was said about values and waiting
// inside tasks holds inside callbacks.
//
// `context` is any cf_value or what cf_value_of accepts. It is given away, and
// belongs to the callback until that has returned. False: there was no memory,
// and nothing will be called.
#define cf_on_done(future, callback, context) \
    cf_on_done_value((future), (callback), cf_value_of(context))

// What happens next, as a task of its own: a new future for a task that the pool
// runs when the first future is done, with its result as argument.
//
//     cf_future *page = cf_submit(pool, fetch, url);
//     cf_future *words = cf_then(cf_then(page, parse), count);
//
//   cf_then     for a result. An error skips the task and passes on unchanged,
//               so it arrives at the end of the chain, or at the next cf_catch.
//   cf_catch    for an error only, which is the argument (cf_as_error reads it);
//               a result skips the task and passes on.
//   cf_finally  in any case. The argument is what there is, result or error,
//               and it passes on unless the task fails itself.
//
// As cf_submit: never NULL; the new future is the pool's, and may be kept and
// released; if the task cannot be run, it has failed. A task that was cancelled
// counts as an error (CF_ECANCELLED).
//
// Cancelling the last future of a chain also cancels what comes before, as far
// as it has not started and nobody else would miss it: it was not kept, nobody
// waits for it, and nothing else goes on from it. Cancelling an earlier one is
// an error for what follows.
//
// Closing the pool, and cf_shutdown, let chains that there are go on to their
// ends; a chain that is made longer after cf_shutdown fails with CF_ESHUTDOWN.
#define cf_then(future, task) CF_CHAIN(future, task, CF_THEN)
#define cf_catch(future, task) CF_CHAIN(future, task, CF_CATCH)
#define cf_finally(future, task) CF_CHAIN(future, task, CF_FINALLY)

// The same with a context: task(context, arg), see cf_submit_with.
#define cf_then_with(future, task, context) \
    CF_CHAIN_WITH(future, task, context, CF_THEN)
#define cf_catch_with(future, task, context) \
    CF_CHAIN_WITH(future, task, context, CF_CATCH)
#define cf_finally_with(future, task, context) \
    CF_CHAIN_WITH(future, task, context, CF_FINALLY)

// A future without a task: whoever has the result sets it, from any thread. For
// work that something else does: an event loop, a device, another library.
//
//     cf_future *answer = cf_promise(pool);
//     ask_device(when_answered, answer);
//     puts(cf_as_str(cf_result(answer)));
//
//     static void when_answered(const char *text, void *answer)
//     {
//         cf_set_result(answer, text);
//     }
//
// In all else it is a future as others: it can be waited for, cancelled, kept,
// and gone on from. Closing the pool ends promises that have no result yet with
// CF_ESHUTDOWN, one after another, whenever nothing in the pool can go on by
// itself: all tasks are done, or wait without a limit for promises of the pool
// or for each other, or find no thread since all of these wait. So nobody waits for ever, and what a task may still set is
// waited for. Other threads don't count: who sets a promise from one keeps it
// (cf_keep), is in time, or finds it set. And a task that waits for a promise
// of another pool, or a callback that waits for any, keeps the pool open until
// that is set.
#define cf_promise(pool) cf_promise_create((pool), CF_PROMISE_LABEL)

// Sets the result of a promise; an error value is a failure. `result` is any
// cf_value or what cf_value_of accepts, and is given away. True: it is set, once
// and for all; callbacks have been called. False: the promise has a result
// already, or was cancelled, and nothing has changed. The future of a task stops
// the program with a report.
#define cf_set_result(promise, result) \
    cf_set_result_value((promise), cf_value_of(result))

// ---------------------------------------------------------------------------
// 8. Reports
// ---------------------------------------------------------------------------

// Called when the library is used wrongly, or an accessor meets an error that
// nobody looked for, with the report as text of one or more lines (borrowed):
//
//     lunch.c:14 (main): cf_as_int needs an int, but the value is an error:
//       EDOM (Numerical argument out of domain): 100 / 0
//         made at lunch.c:7 (divide)
//         in the task divide, submitted at lunch.c:13
//
// Called on the thread that did it, with no lock of the library held. It may
// not return; if it does, abort() follows.
typedef void cf_stop_handler(const char *report);

// Replaces what happens then; NULL brings the default back, which flushes
// stdout, prints the report on stderr and calls abort(). For the whole program;
// set it before threads use the library. Returns the handler in force so far.
cf_stop_handler *cf_on_stop(cf_stop_handler *handler);

// Called with a report of what went wrong where nobody else is told: a task of
// cf_execute or a finalizer that failed, a pool that could not be closed in
// time. The error of a future is not logged, whether or not somebody looks at
// it: it waits there for whoever does. Like a report above, this one has one or
// more lines, and is borrowed. Called on the thread where it happened, with no
// lock of the library held, by several threads at once perhaps; it should be
// quick.
//
//     The finalizer of the pool failed:
//       EIO (Input/output error): cannot say good-bye
//         made at fetch.c:20 (disconnect)
typedef void cf_log_handler(const char *report);

// Replaces what happens then; NULL brings the default back, which prints the
// report on stderr. For the whole program, at any time. Returns the handler in
// force so far.
cf_log_handler *cf_on_log(cf_log_handler *handler);

#include "cfutures_macros.h"  // what the macros above are made of

#endif
