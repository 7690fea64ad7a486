// One call to a worker, from the order to the answer, or to the worker's end.
//
// A chunk of a map is one call with many arguments, and many results. They go
// to their places in the chunk, and so does whatever error ends the call: the
// map goes on. The result of such a call is the chunk, in any case.

#include <signal.h>

#include "../internal.h"
#include "../map.h"
#include "attendant.h"
#include "order.h"

// NULL: the call is that of a task.
static struct cfi_chunk *chunk_of(const struct cfi_call *call)
{
    return call->task == cfi_chunk_run && cfi_kind(call->arg) == CFI_TAKEN
               ? cf_as_ptr(call->arg)
               : NULL;
}

// ----- order -----

static struct cfi_order order_of(const struct cfi_call *call,
                                 const struct cfi_chunk *chunk)
{
    struct cfi_order order = {
        .kind = CFI_ORDER_RUN,
        .deadline = call->deadline,
        .task = call->task,
        .context_task = call->context_task,
        .label = call->label,
        .count = 1,
    };
    if (chunk != NULL) {
        order.task = chunk->plan->task;
        order.context_task = chunk->plan->context_task;
        order.count = chunk->count;
        order.stops_on_error = chunk->plan->stops_on_error;
    }
    return order;
}

static void write_order(struct cfi_attendant *attendant,
                        const struct cfi_call *call)
{
    const struct cfi_chunk *chunk = chunk_of(call);
    struct cfi_order order = order_of(call, chunk);
    struct cfi_bytes *bytes = &attendant->bytes;
    order.ticket = ++attendant->ticket;
    cfi_bytes_clear(bytes);
    cfi_bytes_put(bytes, &order, sizeof order);
    cfi_wire_put(bytes, call->inherited);
    cfi_wire_put(bytes, chunk != NULL ? chunk->plan->context : call->context);
    for (uint64_t i = 0; i < order.count; i++) {
        cfi_wire_put(bytes, chunk != NULL ? chunk->items[i] : call->arg);
    }
}

// ----- answer -----

// False: it is none.
static bool read_answer(const struct cfi_attendant *attendant,
                        const struct cfi_call *call, cf_value *result,
                        struct cfi_owner *owner)
{
    struct cfi_chunk *chunk = chunk_of(call);
    struct cfi_reader reader = cfi_reader_of(&attendant->bytes);
    struct cfi_answer answer;
    cfi_wire_read(&reader, &answer, sizeof answer);
    const uint64_t most = chunk != NULL ? chunk->count : 1;
    if (reader.is_bad || answer.ticket != attendant->ticket ||
        answer.count == 0 || answer.count > most) {
        return false;
    }
    if (chunk == NULL) {
        *result = cfi_wire_get(&reader, owner);
    } else {
        *result = call->arg;
        for (uint64_t i = 0; i < answer.count; i++) {
            chunk->items[i] = cfi_wire_get(&reader, &chunk->held);
        }
    }
    return !reader.is_bad && reader.left == 0;
}

// ----- what ends the call instead -----

static enum cfi_outcome fail(const struct cfi_call *call, cf_value error,
                             cf_value *result)
{
    struct cfi_chunk *chunk = chunk_of(call);
    *result = chunk != NULL ? call->arg : error;
    for (size_t i = 0; chunk != NULL && i < chunk->count; i++) {
        chunk->items[i] = error;
        (void)cfi_give(&chunk->items[i], &chunk->held);
    }
    return CFI_HAS_RESULT;
}

static enum cfi_outcome kill_and_fail(struct cfi_attendant *attendant,
                                      const struct cfi_call *call,
                                      cf_value error, cf_value *result)
{
    cfi_attendant_kill(attendant);
    return fail(call, error, result);
}

static cf_value late_error(const struct cfi_call *call, struct cfi_owner *owner)
{
    const struct cfi_error_facts facts =
        cfi_call_facts(call, CF_EDEADLINE, owner);
    return cfi_error_create(&facts, "the task did not stop at its deadline, so "
                                    "its worker was killed");
}

static cf_value nonsense_error(const struct cfi_call *call,
                               struct cfi_owner *owner)
{
    const struct cfi_error_facts facts = cfi_call_facts(call, CF_EDIED, owner);
    return cfi_error_create(&facts, "the worker sent what no worker sends, and "
                                    "was killed: did the task overwrite its "
                                    "memory?");
}

// Whatever it says, unless it is just the call before.
static bool has_started_it(const struct cfi_attendant *attendant)
{
    return attendant->crew->transport->started(attendant->child) !=
           attendant->ticket - 1;
}

// A channel on which nothing makes sense any more. It may be the task before
// that has done that, and this one has not started.
static enum cfi_outcome end_with_nonsense(struct cfi_attendant *attendant,
                                          const struct cfi_call *call,
                                          cf_value *result,
                                          struct cfi_owner *owner)
{
    const bool has_started = has_started_it(attendant);
    cfi_attendant_kill(attendant);
    return has_started ? fail(call, nonsense_error(call, owner), result)
                       : CFI_WAS_NOT_STARTED;
}

// A call that was not started can be made again, unless a death breaks the
// pool.
static enum cfi_outcome end_with_death(struct cfi_attendant *attendant,
                                       const struct cfi_call *call,
                                       cf_value *result,
                                       struct cfi_owner *owner)
{
    const struct cfi_crew *crew = attendant->crew;
    const bool has_started = has_started_it(attendant);
    const struct cfi_death death = cfi_attendant_bury(attendant);
    if (crew->on_death == CF_BREAK) {
        const cf_value error =
            cfi_death_of_all(attendant, call, death, has_started, owner);
        return fail(call, error, result);
    }
    return has_started
               ? fail(call, cfi_death_error(call, death, true, owner), result)
               : CFI_WAS_NOT_STARTED;
}

// ----- the call -----

// When a task that does not stop by itself is ended.
static int64_t last_moment(const struct cfi_attendant *attendant,
                           const struct cfi_call *call)
{
    const double grace = attendant->crew->grace * 1e9;
    const double last = (double)call->deadline + grace;
    return call->deadline == 0 || last >= (double)CFI_NO_DEADLINE
               ? CFI_NO_DEADLINE
               : call->deadline + (int64_t)grace;
}

static enum cfi_receipt exchange(struct cfi_attendant *attendant,
                                 int64_t deadline)
{
    const struct cfi_transport *transport = attendant->crew->transport;
    const enum cfi_receipt receipt =
        transport->send(attendant->child, &attendant->bytes, deadline);
    return receipt == CFI_DELIVERED
               ? transport->receive(attendant->child, &attendant->bytes,
                                    deadline)
               : receipt;
}

enum cfi_outcome cfi_attendant_call(struct cfi_attendant *attendant,
                                    const struct cfi_call *call,
                                    cf_value *result, struct cfi_owner *owner)
{
    write_order(attendant, call);
    if (attendant->bytes.is_short) {
        return fail(call, cfi_error_no_memory(), result);
    }
    switch (exchange(attendant, last_moment(attendant, call))) {
    case CFI_DELIVERED:
        return read_answer(attendant, call, result, owner)
                   ? CFI_HAS_RESULT
                   : kill_and_fail(attendant, call, nonsense_error(call, owner),
                                   result);
    case CFI_IS_DEAD:
        return end_with_death(attendant, call, result, owner);
    case CFI_TOO_LATE:
        return kill_and_fail(attendant, call, late_error(call, owner), result);
    case CFI_NO_MEMORY:
        return kill_and_fail(attendant, call, cfi_error_no_memory(), result);
    case CFI_IS_BROKEN:
        break;
    }
    return end_with_nonsense(attendant, call, result, owner);
}
