// For tests of "which outputs can happen?": can a program say its lines in this
// order? A test includes this file beside wb_test.h and lets the program's
// lines go to wb_orders_say. An order is a text: its lines, with a blank
// between.
//
// Whether an order can happen, wb_orders_conduct tries out: it makes it happen.
// A conductor calls one line after another, and each line waits until it is
// called. If the program can go this way it does, since nothing else keeps it.
// If it can't, then conductor and program wait for each other, the gates give
// up, and what was said is another order.
//
// Whether it can't, is for a schedule check, which runs the program by
// wb_orders_let_run in many orders and looks at wb_orders_said.
//
// One program at a time. Everything is static: it belongs to the test.

#ifndef WB_ORDERS_H
#define WB_ORDERS_H

#include "wb_test.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { WB_ORDERS_MOST_LINES = 8, WB_ORDERS_MOST_TEXT = 80 };

static struct {
    const char *wanted;  // the order that is conducted; NULL: none
    int lines;           // in it
    struct wb_gate called[WB_ORDERS_MOST_LINES];  // conductor and line meet,
    struct wb_gate over[WB_ORDERS_MOST_LINES];    // and again when it is said

    pthread_mutex_t lock;  // guards:
    char said[WB_ORDERS_MOST_TEXT];
} wb_orders = {.lock = PTHREAD_MUTEX_INITIALIZER};

// What the program said. To be read when it has ended.
static inline const char *wb_orders_said(void)
{
    return wb_orders.said;
}

static inline void wb_orders_note(const char *line)
{
    pthread_mutex_lock(&wb_orders.lock);
    char *said = wb_orders.said;
    const size_t used = strlen(said);
    snprintf(said + used, sizeof wb_orders.said - used, "%s%s",
             used > 0 ? " " : "", line);
    pthread_mutex_unlock(&wb_orders.lock);
}

// Which line of the wanted order this is; its number of lines if none.
static inline int wb_orders_turn(const char *line)
{
    int turn = 0;
    const char *rest = wb_orders.wanted;
    while (*rest != '\0') {
        const size_t length = strcspn(rest, " ");
        if (strlen(line) == length && strncmp(rest, line, length) == 0) {
            return turn;
        }
        turn++;
        rest += rest[length] == ' ' ? length + 1 : length;
    }
    return turn;
}

// The program says a line, on any thread.
static inline void wb_orders_say(const char *line)
{
    const int turn =
        wb_orders.wanted != NULL ? wb_orders_turn(line) : wb_orders.lines;
    const bool is_conducted = turn < wb_orders.lines;
    if (is_conducted) {
        wb_gate_enter(&wb_orders.called[turn]);
    }
    wb_orders_note(line);
    if (is_conducted) {
        wb_gate_enter(&wb_orders.over[turn]);
    }
}

static inline void *wb_orders_conductor(void *unused)
{
    (void)unused;
    int i = 0;
    while (i < wb_orders.lines && wb_gate_enter(&wb_orders.called[i]) &&
           wb_gate_enter(&wb_orders.over[i])) {
        i++;
    }
    return NULL;
}

// Runs the program, and lets it go its own way.
static inline void wb_orders_let_run(void (*program)(void))
{
    wb_orders.wanted = NULL;
    wb_orders.lines = 0;
    wb_orders.said[0] = '\0';
    program();
}

// Runs the program, and makes it say its lines in this order, if it can.
// Returns whether it did.
static inline bool wb_orders_conduct(void (*program)(void), const char *order)
{
    wb_orders.wanted = order;
    wb_orders.lines = 1;
    for (const char *c = order; *c != '\0'; c++) {
        wb_orders.lines += *c == ' ';
    }
    wb_orders.said[0] = '\0';
    for (int i = 0; i < wb_orders.lines; i++) {
        wb_gate_init(&wb_orders.called[i], 2);
        wb_gate_init(&wb_orders.over[i], 2);
    }
    pthread_t conductor;
    const int error =
        pthread_create(&conductor, NULL, wb_orders_conductor, NULL);
    WB_CHECK(error == 0, "the conductor's thread could not be started: %s",
             strerror(error));
    program();
    pthread_join(conductor, NULL);
    return strcmp(wb_orders.said, order) == 0;
}

#endif
