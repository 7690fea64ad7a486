// What attendants and servants say to each other.

#ifndef CFI_ORDER_H
#define CFI_ORDER_H

#include <cfutures.h>
#include <stdint.h>

#include "../future.h"
#include "wire.h"

#pragma GCC visibility push(hidden)

enum cfi_order_kind {
    CFI_ORDER_LEAVE,
    CFI_ORDER_RUN,  // the task, once for each argument
};

// Goes as it is: both processes run the same program, with everything of it at
// the same addresses. Values follow: what the task inherits, its context, and
// `count` arguments.
struct cfi_order {
    enum cfi_order_kind kind;
    uint32_t ticket;  // of this call among those of the worker, from 1 on
    int64_t deadline;
    cf_task task;
    cf_context_task context_task;
    const char *label;
    uint64_t count;
    bool stops_on_error;
};

// Goes back, with `count` results after it: as many as there were arguments,
// unless one of them ended the whole.
struct cfi_answer {
    uint32_t ticket;
    uint64_t count;
};

#pragma GCC visibility pop

#endif
