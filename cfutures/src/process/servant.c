// What a worker process does: it takes a call, runs it, sends the result, and
// takes the next. It has one thread, and no future: those are in the program's
// process.

#include <stdio.h>
#include <string.h>

#include "../internal.h"
#include "order.h"
#include "transport.h"

// Stands for the pool while a task runs, since the real one is the parent's.
static cf_executor nowhere;

struct servant {
    struct cfi_desk *desk;
    struct cfi_bytes order;
    struct cfi_bytes answer;
    struct cfi_owner held;  // argument and result of the call that runs
};

static bool could_not_cross(cf_value value)
{
    return cf_failed(value) && cf_as_error(value)->code == CF_EPOINTER;
}

// Without what could not cross the task makes no sense.
static cf_value run(struct servant *servant, const struct cfi_order *order,
                    cf_value inherited, const struct cfi_call *call)
{
    const cf_value values[] = {inherited, call->context, call->arg};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        if (could_not_cross(values[i])) {
            return values[i];
        }
    }
    struct cfi_frame frame = {
        .pool = &nowhere,
        .is_guest = true,
        .is_to_stop = servant->desk->is_to_stop,
        .deadline = order->deadline,
        .context = {.value = inherited},
    };
    return cfi_task_run_in(&frame, call, &servant->held);
}

// Results follow.
static void begin_answer(struct servant *servant, struct cfi_answer answer)
{
    cfi_bytes_clear(&servant->answer);
    cfi_bytes_put(&servant->answer, &answer, sizeof answer);
}

static bool is_asked_to_stop(const struct servant *servant)
{
    // Relaxed: the request carries no data.
    return atomic_load_explicit(servant->desk->is_to_stop,
                                memory_order_relaxed);
}

// Runs the task for each argument. Returns how many results there are.
static uint64_t run_all(struct servant *servant, const struct cfi_order *order,
                        struct cfi_reader *reader)
{
    struct cfi_call call = {.task = order->task,
                            .context_task = order->context_task,
                            .label = order->label};
    struct cfi_owner shared = {NULL};
    const cf_value inherited = cfi_wire_get(reader, &shared);
    call.context = cfi_wire_get(reader, &shared);
    uint64_t done = 0;
    bool goes_on = true;
    while (goes_on) {
        call.arg = cfi_wire_get(reader, &servant->held);
        const cf_value result = run(servant, order, inherited, &call);
        servant->desk->reached(servant->desk, CFI_POINT_RAN);
        cfi_wire_put(&servant->answer, result);
        goes_on = ++done < order->count && !is_asked_to_stop(servant) &&
                  !(order->stops_on_error && cf_failed(result));
        cfi_owner_free_all(&servant->held);
    }
    cfi_owner_free_all(&shared);
    return done;
}

static void run_order(struct servant *servant, const struct cfi_order *order,
                      struct cfi_reader *reader)
{
    struct cfi_answer answer = {.ticket = order->ticket};
    begin_answer(servant, answer);
    servant->desk->note_start(servant->desk, order->ticket);
    servant->desk->reached(servant->desk, CFI_POINT_STARTED);
    answer.count = run_all(servant, order, reader);
    if (!servant->answer.is_short) {
        memcpy(servant->answer.data, &answer, sizeof answer);
        return;
    }
    begin_answer(servant, answer);
    for (uint64_t i = 0; i < answer.count; i++) {
        cfi_wire_put(&servant->answer, cfi_error_no_memory());
    }
}

// Returns whether to go on.
static bool serve_one(struct servant *servant)
{
    struct cfi_desk *desk = servant->desk;
    if (!desk->receive(desk, &servant->order)) {
        return false;
    }
    desk->reached(desk, CFI_POINT_RECEIVED);
    struct cfi_reader reader = cfi_reader_of(&servant->order);
    struct cfi_order order;
    cfi_wire_read(&reader, &order, sizeof order);
    if (order.kind == CFI_ORDER_LEAVE) {
        return false;
    }
    run_order(servant, &order, &reader);
    // What the task has printed is out before its result is there: nobody has
    // to wonder in which order they come, and no death takes it along.
    fflush(NULL);
    desk->reached(desk, CFI_POINT_ENCODED);
    const bool is_sent = desk->send(desk, &servant->answer);
    desk->reached(desk, CFI_POINT_SENT);
    return is_sent;
}

void cfi_servant_run(struct cfi_desk *desk)
{
    struct servant servant = {.desk = desk};
    nowhere.generation = cfi_fork_generation();
    cfi_bytes_init(&servant.order);
    cfi_bytes_init(&servant.answer);
    while (serve_one(&servant)) {
    }
    cfi_bytes_deinit(&servant.order);
    cfi_bytes_deinit(&servant.answer);
}
