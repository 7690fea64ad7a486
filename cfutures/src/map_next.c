// A map's iteration: submitting ahead of the caller, and handing out. See
// map.h.

#include "map.h"

#include "internal.h"
#include "report.h"

// ----- submitting -----

// Takes the next item. False: there is none.
static bool take_item(cf_map_iter *map, cf_value *item)
{
    const struct cf_items *items = &map->items;
    *item = cf_none();
    if (items->next != NULL) {
        map->has_taken_all = !items->next(items->state, item);
    } else if (map->next_item == items->count) {
        map->has_taken_all = true;
    } else {
        *item = items->read(items->array, map->next_item++);
    }
    return !map->has_taken_all;
}

// A chunk of this item and the next ones. NULL: no memory.
static struct cfi_chunk *fill_chunk(cf_map_iter *map, cf_value item)
{
    struct cfi_chunk *chunk = cfi_chunk_create(map->plan, map->chunk);
    if (chunk == NULL) {
        cf_free(item);
        return NULL;
    }
    do {
        if (!cfi_chunk_add(chunk, item)) {
            cfi_chunk_destroy(chunk);
            return NULL;
        }
    } while (chunk->count < map->chunk && take_item(map, &item));
    return chunk;
}

// The pool has refused a chunk: it would refuse the next one, too.
static bool is_refused(const cf_future *future)
{
    return cfi_future_is_done(future) &&
           (future->immortal != NULL || cf_failed(future->result));
}

// Submits the next chunk, if there are items left. What kept it from being
// submitted is found in its place, and nothing is submitted after it.
static void submit_chunk(cf_map_iter *map)
{
    cf_value item;
    if (!take_item(map, &item)) {
        return;
    }
    struct cfi_chunk *chunk = fill_chunk(map, item);
    if (chunk == NULL) {
        map->has_taken_all = true;
        cfi_map_push(map, cfi_future_no_memory(), 1);
        return;
    }
    const size_t count = chunk->count;
    cf_future *future =
        cf_submit_value(map->pool, cfi_chunk_run,
                        cf_take(chunk, cfi_chunk_destroy), map->label);
    cfi_map_push(map, future, count);
    if (is_refused(future)) {
        map->has_taken_all = true;
    }
}

void cfi_map_submit_ahead(cf_map_iter *map)
{
    while (!map->has_taken_all && map->waiting + map->chunk <= map->ahead) {
        submit_chunk(map);
    }
}

// ----- handing out -----

static void drop_first(cf_map_iter *map)
{
    cf_release(cfi_map_unit(map, 0)->future);
    map->first = (map->first + 1) % map->room;
    map->used--;
    map->handed_out = 0;
}

static cf_value wait_for(const cf_map_iter *map, cf_future *future)
{
    const cf_value result = cfi_result_until(future, map->deadline);
    return cf_as_error(result) == &cfi_timeout.error
               ? cfi_error_static(&cfi_map_timeout)
               : result;
}

// An error that ends the map is its last item.
static void end_with(cf_map_iter *map, cf_value error)
{
    map->error = cf_as_error(error);
    cfi_map_give_up(map);
}

bool cf_next(cf_map_iter *map, cf_value *value)
{
    if (map == NULL || value == NULL) {
        cfi_stop("cf_next: the %s is NULL", map == NULL ? "map" : "value");
    }
    if (map->used > 0 && map->handed_out == cfi_map_unit(map, 0)->count) {
        drop_first(map);
    }
    if (map->is_over || map->used == 0) {
        *value = cf_none();
        return false;
    }
    // Who is about to get an item does not wait for it any more: with one item
    // ahead, the next one is at work while the caller looks at this one.
    map->waiting--;
    cfi_map_submit_ahead(map);

    *value = wait_for(map, cfi_map_unit(map, 0)->future);
    if (cf_failed(*value)) {
        end_with(map, *value);
        return true;
    }
    const struct cfi_chunk *chunk = cf_as_ptr(*value);
    *value = chunk->items[map->handed_out++];
    if (map->plan->stops_on_error && cf_failed(*value)) {
        end_with(map, *value);
    }
    return true;
}
