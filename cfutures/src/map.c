// A map's life: create, give up, close. See map.h.

#include "map.h"

#include <string.h>

#include "internal.h"
#include "report.h"
#include "system.h"

enum {
    CHUNKS_AHEAD_OF_EACH_WORKER = 4,  // out of a generator
    LARGEST_CHUNK = 1 << 20,          // more items gain nothing
};

// ----- the ring -----

struct cfi_unit *cfi_map_unit(cf_map_iter *map, size_t index)
{
    return &map->units[(map->first + index) % map->room];
}

void cfi_map_push(cf_map_iter *map, cf_future *future, size_t count)
{
    *cfi_map_unit(map, map->used) = (struct cfi_unit){future, count};
    map->used++;
}

// ----- maps without memory -----

// A map that has nothing but one error. There is no memory to make one, so each
// thread has some; the ninth that a thread has at the same time takes the place
// of the first.
enum { MAPS_WITHOUT_MEMORY = 8 };

static _Thread_local struct {
    cf_map_iter map;
    struct cfi_unit unit;
} without_memory[MAPS_WITHOUT_MEMORY];
static _Thread_local unsigned next_without_memory;

static cf_map_iter *map_without_memory(void)
{
    const unsigned i = next_without_memory++ % MAPS_WITHOUT_MEMORY;
    cf_map_iter *map = &without_memory[i].map;
    *map = (cf_map_iter){
        .units = &without_memory[i].unit,
        .room = 1,
        .deadline = CFI_NO_DEADLINE,
        .has_taken_all = true,
        .waiting = 1,
    };
    cfi_map_push(map, cfi_future_no_memory(), 1);
    return map;
}

// ----- creating -----

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

// A chunk may not be larger than what may wait, and there are never more chunks
// than an array needs.
static void set_look_ahead(cf_map_iter *map,
                           const struct cf_map_options *options)
{
    const bool is_array = map->items.next == NULL;
    // Constant, so it needs no lock. A broken pool may have none; the first
    // item will say why.
    const size_t workers = larger(map->pool->load.limit, 1);
    size_t chunk = smaller(larger(options->chunk, 1), LARGEST_CHUNK);
    size_t chunks = is_array ? SIZE_MAX : CHUNKS_AHEAD_OF_EACH_WORKER * workers;
    if (options->ahead > 0) {
        chunk = smaller(chunk, options->ahead);
        chunks = options->ahead / chunk;
    }
    if (is_array) {
        const size_t count = map->items.count;
        chunks = smaller(chunks, count / chunk + (count % chunk > 0));
    }
    map->chunk = chunk;
    map->ahead = chunks * chunk;
    map->room = smaller(chunks, SIZE_MAX - 1) + 1;  // one is being handed out
}

static int64_t deadline_of(double seconds)
{
    const bool has_limit = seconds < 0 || seconds > 0;
    return has_limit ? cfi_port_deadline(seconds) : CFI_NO_DEADLINE;
}

// Takes over the plan, which may be NULL: no memory. NULL: neither.
static cf_map_iter *allocate(cf_executor *pool, struct cfi_plan *plan,
                             const struct cf_items *items,
                             const struct cf_map_options *options)
{
    cf_map_iter *map = cfi_system.allocate(sizeof *map);
    if (plan == NULL || map == NULL) {
        goto fail;
    }
    *map = (cf_map_iter){.pool = pool, .plan = plan, .items = *items};
    set_look_ahead(map, options);
    if (map->room > SIZE_MAX / sizeof map->units[0]) {
        goto fail;
    }
    map->units = cfi_system.allocate(map->room * sizeof map->units[0]);
    if (map->units == NULL) {
        goto fail;
    }
    map->deadline = deadline_of(options->seconds);
    return map;

fail:
    cfi_system.release(map);
    if (plan != NULL) {
        cfi_plan_unref(plan);
    }
    return NULL;
}

static void free_given(const struct cf_items *items, size_t from)
{
    for (size_t i = from; cfi_items_are_given(items) && i < items->count; i++) {
        cf_free(items->read(items->array, i));
    }
}

static void check(const cf_executor *pool, bool has_task,
                  const struct cf_items *items, const char *label)
{
    if (pool == NULL) {
        cfi_stop("cf_map: the pool is NULL for the task %s", label);
    }
    if (!has_task) {
        cfi_stop("cf_map: the task is NULL: %s", label);
    }
    if (items->next == NULL && items->read == NULL) {
        cfi_stop("cf_map_from: the function that gives the items is NULL for "
                 "the task %s",
                 label);
    }
    if (items->next == NULL && items->array == NULL && items->count > 0) {
        cfi_stop("cf_map: %zu items at NULL for the task %s", items->count,
                 label);
    }
}

static cf_map_iter *create(cf_executor *pool, struct cfi_plan *wanted,
                           const struct cf_items *items,
                           const struct cf_map_options *given,
                           const char *label)
{
    // A program that was compiled with an older header gives a shorter struct.
    struct cf_map_options options = {0};
    memcpy(&options, given,
           given->size < sizeof options ? given->size : sizeof options);

    wanted->stops_on_error = options.stop_on_error;
    cf_map_iter *map = allocate(pool, cfi_plan_create(wanted), items, &options);
    if (map == NULL) {
        free_given(items, 0);
        return map_without_memory();
    }
    map->label = label;
    cfi_map_submit_ahead(map);
    return map;
}

cf_map_iter *cf_map_items(cf_executor *pool, cf_task task,
                          struct cf_items items,
                          const struct cf_map_options *options,
                          const char *label)
{
    check(pool, task != NULL, &items, label);
    struct cfi_plan wanted = {.task = task};
    return create(pool, &wanted, &items, options, label);
}

cf_map_iter *cf_map_items_with(cf_executor *pool, cf_context_task task,
                               cf_value context, struct cf_items items,
                               const struct cf_map_options *options,
                               const char *label)
{
    check(pool, task != NULL, &items, label);
    struct cfi_plan wanted = {.context_task = task, .context = context};
    return create(pool, &wanted, &items, options, label);
}

// ----- giving up and closing -----

void cfi_map_give_up(cf_map_iter *map)
{
    map->is_over = true;
    if (map->plan != NULL) {
        cfi_plan_give_up(map->plan);
    }
    for (size_t i = 0; i < map->used; i++) {
        (void)cf_stop(cfi_map_unit(map, i)->future);
    }
    while (map->used > 1) {
        cf_release(cfi_map_unit(map, map->used - 1)->future);
        map->used--;
    }
}

const cf_error *cf_map_error(const cf_map_iter *map)
{
    if (map == NULL) {
        cfi_stop("cf_map_error: the map is NULL");
    }
    return map->error;
}

void cf_map_close(cf_map_iter *map)
{
    if (map == NULL) {
        return;
    }
    cfi_map_give_up(map);
    if (map->used > 0) {
        cf_release(cfi_map_unit(map, 0)->future);
        map->used = 0;
    }
    if (map->plan == NULL) {
        return;  // one of those without memory
    }
    free_given(&map->items, map->next_item);
    cfi_plan_unref(map->plan);
    cfi_system.release(map->units);
    cfi_system.release(map);
}

void cf_map_close_at_end_of_scope(cf_map_iter **map)
{
    cf_map_close(*map);
}
