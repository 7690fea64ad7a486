// What the tests of the gate share: one gate, and who goes in.

#ifndef VISITORS_H
#define VISITORS_H

#include "wb_test.h"

#include <cfutures.h>
#include <pthread.h>

enum { FEW = 3 };

static struct wb_gate gate;

// As a task, and as a thread.
static inline cf_value enter(cf_value arg)
{
    wb_gate_enter(&gate);
    return arg;
}

static inline void *enter_as_thread(void *unused)
{
    wb_gate_enter(&gate);
    return unused;
}

static inline pthread_t start(void *(*function)(void *), void *arg)
{
    pthread_t thread;
    const int rc = pthread_create(&thread, NULL, function, arg);
    WB_CHECK(rc == 0, "pthread_create returned %d", rc);
    return thread;
}

#endif
