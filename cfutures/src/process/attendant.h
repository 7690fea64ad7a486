// What an attendant is, and one call to its worker. See crew.h.

#ifndef CFI_ATTENDANT_H
#define CFI_ATTENDANT_H

#include <cfutures.h>
#include <stdint.h>

#include "../future.h"
#include "../value.h"
#include "census.h"
#include "crew.h"
#include "transport.h"
#include "wire.h"

#pragma GCC visibility push(hidden)

struct cfi_attendant {
    // Set at the beginning, then read only.
    cf_executor *pool;
    const struct cfi_crew *crew;
    struct cfi_worker *worker;
    struct cfi_attending attending;  // see census.h
    int callbacks;                   // that its thread is inside of

    struct cfi_bytes bytes;  // the order, then the answer
    uint32_t ticket;         // of the last call to this child
    int tasks;               // that this child has run
    bool is_initialized;     // this child

    // pool->lock guards changes, for cfi_attendant_ask_to_stop:
    struct cfi_child *child;  // NULL: there is none
    const cf_future *running;
};

// Waits until the child has ended, and has none any more. Or kills it first.
struct cfi_death cfi_attendant_bury(struct cfi_attendant *attendant);
void cfi_attendant_kill(struct cfi_attendant *attendant);

// ----- call.c -----

enum cfi_outcome {
    CFI_HAS_RESULT,       // it may be an error
    CFI_WAS_NOT_STARTED,  // the child has died before; now there is none
};

// Has the child run the call, and puts its result into *result. `owner` gets
// what is behind it. If the child has to be killed for that, or dies, there is
// none afterwards.
enum cfi_outcome cfi_attendant_call(struct cfi_attendant *attendant,
                                    const struct cfi_call *call,
                                    cf_value *result, struct cfi_owner *owner);

// ----- death.c -----

// Of an error in the call, made by the library.
struct cfi_error_facts cfi_call_facts(const struct cfi_call *call, int code,
                                      struct cfi_owner *owner);

// Its worker has ended; in the middle of it, or just before.
cf_value cfi_death_error(const struct cfi_call *call, struct cfi_death death,
                         bool has_started, struct cfi_owner *owner);

// The same where one death breaks the pool (CF_BREAK): breaks it.
cf_value cfi_death_of_all(struct cfi_attendant *attendant,
                          const struct cfi_call *call, struct cfi_death death,
                          bool has_started, struct cfi_owner *owner);

// The pool is broken, and why.
bool cfi_pool_is_broken(cf_executor *pool);
cf_value cfi_broken_error(cf_executor *pool, const struct cfi_call *call,
                          struct cfi_owner *owner);

#pragma GCC visibility pop

#endif
