// Map: one task over many items, results in their order.
//
//     items ----> chunks ----> futures, in a ring ----> results
//       map_items.c   map_chunk.c     map_next.c
//
//     map.c         an iterator's life: create, give up, close
//     map_next.c    submitting ahead of the caller, and handing out
//     map_chunk.c   the items that one future works on
//     map_items.c   items out of an array
//
// A map is a user of futures: it submits, waits and stops by the functions
// that a program would use. An iterator belongs to one thread at a time.

#ifndef CFI_MAP_H
#define CFI_MAP_H

#include <cfutures.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "value.h"

#pragma GCC visibility push(hidden)

// ---------------------------------------------------------------------------
// Chunks (map_chunk.c)
// ---------------------------------------------------------------------------

// What all chunks of a map share. It outlives the iterator as long as a chunk
// runs.
struct cfi_plan {
    // Set at creation, then read only.
    cf_task task;                  // this one, or the next
    cf_context_task context_task;  // NULL: `task` counts
    cf_value context;
    struct cfi_owner held;  // owns the context
    bool stops_on_error;

    // Atomic. References: one of the iterator, one of each chunk.
    _Atomic size_t references;
    atomic_bool is_given_up;  // nobody wants the results still missing
};

// A chunk belongs to its future, as the future's argument. One thread at a time
// has to do with it: who fills it, who runs it, who reads the results.
struct cfi_chunk {
    struct cfi_plan *plan;
    struct cfi_owner held;  // owns the items
    size_t count;
    cf_value items[];  // arguments; one after another they become results
};

// Creates a plan like `wanted`, with one reference. Takes over the context.
// NULL: no memory; the context is given away all the same.
struct cfi_plan *cfi_plan_create(const struct cfi_plan *wanted);
void cfi_plan_give_up(struct cfi_plan *plan);
void cfi_plan_unref(struct cfi_plan *plan);

// Creates an empty chunk with room for so many items. NULL: no memory.
struct cfi_chunk *cfi_chunk_create(struct cfi_plan *plan, size_t room);

// Takes over an item. False: no memory to copy it.
bool cfi_chunk_add(struct cfi_chunk *chunk, cf_value item);

// Frees a chunk with its items: what cf_take is given.
void cfi_chunk_destroy(void *chunk);

// The task of a chunk's future. Returns its argument, which holds the results
// then; an error stands for a chunk that never was.
cf_value cfi_chunk_run(cf_value arg);

// ---------------------------------------------------------------------------
// The iterator (map.c, map_next.c)
// ---------------------------------------------------------------------------

// A chunk that was submitted.
struct cfi_unit {
    cf_future *future;
    size_t count;  // of items
};

struct cf_map_iter {
    // Set at creation, then read only.
    cf_executor *pool;
    const char *label;
    struct cfi_plan *plan;  // NULL: there was no memory for it
    size_t chunk;           // items in each chunk, at least 1
    size_t ahead;           // items submitted and not handed out, at most; a
                            // multiple of `chunk`
    int64_t deadline;

    // Where items come from.
    struct cf_items items;
    size_t next_item;    // of an array
    bool has_taken_all;  // no item is taken any more

    // The ring of what was submitted and not given back yet. Until all items
    // are taken, it is never empty between two calls.
    struct cfi_unit *units;
    size_t room;
    size_t first;
    size_t used;
    size_t waiting;     // items submitted and not handed out
    size_t handed_out;  // items of the first unit

    bool is_over;           // cf_next has no more to give
    const cf_error *error;  // what ended it early, or NULL
};

// The index-th unit from the first one on.
struct cfi_unit *cfi_map_unit(cf_map_iter *map, size_t index);
void cfi_map_push(cf_map_iter *map, cf_future *future, size_t count);

// Submits items as long as no more than `ahead` are waiting.
void cfi_map_submit_ahead(cf_map_iter *map);

// Nobody wants further results: cancels what has not started, asks what runs to
// stop, and gives all futures back but the first, whose results may be in the
// caller's hands.
void cfi_map_give_up(cf_map_iter *map);

// Are the items given away, whether the map comes to use them or not?
bool cfi_items_are_given(const struct cf_items *items);

#pragma GCC visibility pop

#endif
