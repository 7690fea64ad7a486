#include "stuck.h"

#include "mutexes.h"
#include "place.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

// ---------------------------------------------------------------------------
// The report on a deadlock
// ---------------------------------------------------------------------------

enum { MOST_WAITS = 64, MOST_WAITS_SHOWN = 6 };

struct report {
    char text[2048];
    size_t used;
};

static void add(struct report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void add(struct report *report, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const size_t room = sizeof report->text - report->used;
    const int length =
        vsnprintf(report->text + report->used, room, format, arguments);
    va_end(arguments);
    if (length > 0 && (size_t)length < room) {
        report->used += (size_t)length;
    }
}

// Nothing, if the place can't be named.
static void add_place(struct report *report, const char *before,
                      const void *place)
{
    char name[PLACE_SIZE];
    place_name(place, name, sizeof name);
    if (name[0] != '\0') {
        add(report, "%s%s", before, name);
    }
}

static void add_mutex(struct report *report, const struct waiting *waiting)
{
    const void *since;
    const struct actor *holder = mutexes_holder_locked(waiting->object, &since);
    add(report, "\n  A thread waits for a mutex");
    add_place(report, ", at ", waiting->place);
    if (holder == waiting->actor) {
        add(report, ". It has locked that mutex itself");
        add_place(report, ", at ", since);
        add(report, ", and not unlocked it since.");
    } else if (holder != NULL) {
        add(report, " that another one has locked");
        add_place(report, ", at ", since);
        add(report, ".");
    }
}

static void add_wait(struct report *report, const struct waiting *waiting)
{
    switch (waiting->kind) {
    case WAIT_MUTEX:
        add_mutex(report, waiting);
        break;
    case WAIT_CONDITION:
        add(report, "\n  A thread waits for a condition variable");
        add_place(report, ", at ", waiting->place);
        add(report, ". Nobody signals it.");
        break;
    case WAIT_JOIN:
        add(report, "\n  A thread waits for another to end (pthread_join)");
        add_place(report, ", at ", waiting->place);
        add(report, ".");
        break;
    case WAIT_GATE:
    case WAIT_SEMAPHORE:
    case WAIT_SLEEP:
    case WAIT_HANDOVER:
        break;
    }
}

static int by_place(const void *one, const void *other)
{
    const struct waiting *const *a = one;
    const struct waiting *const *b = other;
    return ((*a)->place > (*b)->place) - ((*a)->place < (*b)->place);
}

// Who came first is chance: in the order of their lines, so that the same code
// gets the same words.
static void add_waits(struct report *report, const struct waiting *first)
{
    const struct waiting *waits[MOST_WAITS];
    size_t n = 0;
    for (const struct waiting *w = first; w != NULL && n < MOST_WAITS;
         w = w->next) {
        if (!w->released) {
            waits[n++] = w;
        }
    }
    qsort(waits, n, sizeof waits[0], by_place);
    for (size_t i = 0; i < n && i < MOST_WAITS_SHOWN; i++) {
        add_wait(report, waits[i]);
    }
    if (n > MOST_WAITS_SHOWN) {
        add(report, "\n  And others wait, too.");
    }
}

static void add_callers(struct report *report, size_t callers)
{
    if (callers == 1) {
        add(report,
            "\n  A thread waits for a future, or for its pool to finish.");
    } else if (callers > 1) {
        add(report,
            "\n  %zu threads wait for futures, or for their pool to finish.",
            callers);
    }
}

const char *stuck_report(const struct waiting *first,
                         const struct cf_test_snapshot *tasks)
{
    static struct report report;
    report.used = 0;
    const bool is_alone =
        first != NULL && first->next == NULL && tasks->callers_blocked == 0;
    add(&report, "Deadlock: %s",
        is_alone ? "it waits, and nobody is left to end that."
                 : "everybody waits for somebody else, for ever.");
    add_waits(&report, first);
    add_callers(&report, tasks->callers_blocked);
    return report.text;
}
