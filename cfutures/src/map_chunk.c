// The items that one future works on. See map.h.

#include "map.h"

#include "internal.h"
#include "system.h"

// ----- what all chunks share -----

struct cfi_plan *cfi_plan_create(const struct cfi_plan *wanted)
{
    struct cfi_plan *plan = cfi_system.allocate(sizeof *plan);
    if (plan == NULL) {
        cf_free(wanted->context);
        return NULL;
    }
    *plan = *wanted;
    atomic_init(&plan->references, 1);
    atomic_init(&plan->is_given_up, false);
    if (!cfi_give(&plan->context, &plan->held)) {
        cfi_plan_unref(plan);
        return NULL;
    }
    return plan;
}

void cfi_plan_give_up(struct cfi_plan *plan)
{
    // Relaxed: a chunk that sees it late computes something for nobody.
    atomic_store_explicit(&plan->is_given_up, true, memory_order_relaxed);
}

void cfi_plan_unref(struct cfi_plan *plan)
{
    // Each release pairs with the acquire of the last one.
    if (atomic_fetch_sub_explicit(&plan->references, 1, memory_order_acq_rel) ==
        1) {
        cfi_owner_free_all(&plan->held);
        cfi_system.release(plan);
    }
}

// ----- a chunk's life -----

struct cfi_chunk *cfi_chunk_create(struct cfi_plan *plan, size_t room)
{
    if (room > (SIZE_MAX - sizeof(struct cfi_chunk)) / sizeof(cf_value)) {
        return NULL;
    }
    struct cfi_chunk *chunk =
        cfi_system.allocate(sizeof(struct cfi_chunk) + room * sizeof(cf_value));
    if (chunk == NULL) {
        return NULL;
    }
    // Relaxed: the iterator has a reference already.
    atomic_fetch_add_explicit(&plan->references, 1, memory_order_relaxed);
    *chunk = (struct cfi_chunk){.plan = plan};
    return chunk;
}

void cfi_chunk_destroy(void *data)
{
    struct cfi_chunk *chunk = data;
    cfi_owner_free_all(&chunk->held);
    cfi_plan_unref(chunk->plan);
    cfi_system.release(chunk);
}

bool cfi_chunk_add(struct cfi_chunk *chunk, cf_value item)
{
    const bool is_given = cfi_give(&item, &chunk->held);
    chunk->items[chunk->count++] = item;
    return is_given;
}

// ----- running -----

static cf_value call(const struct cfi_plan *plan, cf_value item)
{
    return plan->context_task != NULL ? plan->context_task(plan->context, item)
                                      : plan->task(item);
}

// After an item whose result ends the map, the others are of no use.
static bool is_last(const struct cfi_plan *plan, cf_value result)
{
    return (plan->stops_on_error && cf_failed(result)) ||
           // Relaxed: see cfi_plan_give_up.
           atomic_load_explicit(&plan->is_given_up, memory_order_relaxed);
}

cf_value cfi_chunk_run(cf_value arg)
{
    if (cf_failed(arg)) {
        return arg;
    }
    struct cfi_chunk *chunk = cf_as_ptr(arg);
    struct cfi_owner *loose = &cfi_frame_current()->loose;
    for (size_t i = 0; i < chunk->count; i++) {
        cf_value *item = &chunk->items[i];
        *item = call(chunk->plan, *item);
        // Without memory for a copy, the result becomes the error that says so.
        (void)cfi_give(item, &chunk->held);
        cfi_owner_free_all(loose);
        if (is_last(chunk->plan, *item)) {
            break;
        }
    }
    return arg;
}
