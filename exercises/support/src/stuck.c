#include "stuck.h"

#include <stdio.h>

static const struct waiting *find(const struct waiting *first,
                                  enum wait_kind kind)
{
    while (first != NULL && (first->kind != kind || first->released)) {
        first = first->next;
    }
    return first;
}

// What the test's own thread waits for; NULL if cfutures keeps it.
static const struct waiting *wait_of_test_thread(const struct waiting *first)
{
    while (first != NULL &&
           (!world_is_test_thread(first->actor) || first->released)) {
        first = first->next;
    }
    return first;
}

static const char *reason_of_wait(enum wait_kind kind)
{
    switch (kind) {
    case WAIT_GATE:
        return "the thread that could have started the next did this work "
               "itself";
    case WAIT_MUTEX:
        return "the others waited for a mutex that was held";
    case WAIT_JOIN:
        return "your code waited for a thread to end (pthread_join)";
    case WAIT_CONDITION:
        return "your code waited for a condition variable that nobody "
               "signalled";
    case WAIT_SEMAPHORE:
        return "your code waited for a semaphore that nobody posted";
    case WAIT_SLEEP:
    case WAIT_HANDOVER:
        break;
    }
    return "your code slept";
}

const char *stuck_reason(const struct waiting *first,
                         const struct cf_test_snapshot *tasks,
                         enum wb_gate_state state)
{
    if (state == WB_GATE_SPINNING) {
        return "your code asked 1000 times whether it was done, with nothing "
               "changing: that is busy waiting";
    }
    if (find(first, WAIT_MUTEX) != NULL) {
        return reason_of_wait(WAIT_MUTEX);
    }
    const struct waiting *own = wait_of_test_thread(first);
    if (own != NULL) {
        return reason_of_wait(own->kind);
    }
    if (tasks->submitted > tasks->finished + tasks->workers_busy) {
        return "the other tasks waited for a free worker of the pool";
    }
    return "your code waited for a result";
}

void stuck_give_up_gate(struct wb_gate *gate, enum wb_gate_state state,
                        const char *why)
{
    gate->state = state;
    gate->why = why;
}

bool stuck_is_deadlock(const struct waiting *first)
{
    return find(first, WAIT_SEMAPHORE) == NULL;
}

static size_t count(const struct waiting *first, enum wait_kind kind)
{
    size_t n = 0;
    for (; (first = find(first, kind)) != NULL; first = first->next) {
        n++;
    }
    return n;
}

static void add(char *report, size_t size, size_t *used, size_t n,
                const char *one, const char *many)
{
    if (n == 0) {
        return;
    }
    const int length =
        n == 1 ? snprintf(report + *used, size - *used, "\n  one %s", one)
               : snprintf(report + *used, size - *used, "\n  %zu %s", n, many);
    if (length > 0 && *used + (size_t)length < size) {
        *used += (size_t)length;
    }
}

const char *stuck_report(const struct waiting *first,
                         const struct cf_test_snapshot *tasks)
{
    static char report[1024];
    size_t used = (size_t)snprintf(
        report, sizeof report,
        "Deadlock: everybody waits for somebody else, for ever.");
    const size_t size = sizeof report;
    add(report, size, &used, count(first, WAIT_MUTEX),
        "thread waits for a mutex that is held (is an unlock missing?)",
        "threads wait for mutexes that are held (is an unlock missing?)");
    add(report, size, &used, count(first, WAIT_CONDITION),
        "thread waits for a condition variable that nobody signals",
        "threads wait for condition variables that nobody signals");
    add(report, size, &used, count(first, WAIT_JOIN),
        "thread waits for another to end (pthread_join)",
        "threads wait for others to end (pthread_join)");
    add(report, size, &used, tasks->callers_blocked,
        "thread waits for a future, or for its pool to finish",
        "threads wait for futures, or for their pool to finish");
    return report;
}
