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

// What is submitted in one turn of the pool's lock.
enum { MOST_AT_ONCE = 32 };

struct batch {
    size_t count;
    size_t items[MOST_AT_ONCE];  // how many in each chunk
    cf_value chunks[MOST_AT_ONCE];
    cf_future *futures[MOST_AT_ONCE];
};

static bool has_room(const cf_map_iter *map)
{
    return map->waiting + map->chunk <= map->ahead;
}

// Fills up to `most` chunks. What there was no memory for has no chunk, and
// nothing is taken after it.
static bool fill_batch(cf_map_iter *map, struct batch *batch, size_t most)
{
    cf_value item;
    batch->count = 0;
    while (batch->count < most && has_room(map) && take_item(map, &item)) {
        struct cfi_chunk *chunk = fill_chunk(map, item);
        if (chunk == NULL) {
            return false;
        }
        map->waiting += chunk->count;
        batch->items[batch->count] = chunk->count;
        batch->chunks[batch->count] = cf_take(chunk, cfi_chunk_destroy);
        batch->count++;
    }
    return true;
}

// Submits the next items. What kept a chunk from being submitted is found in
// its place, and nothing is submitted any more.
static void submit_batch(cf_map_iter *map, size_t most)
{
    struct batch batch;
    const bool has_memory = fill_batch(map, &batch, most);
    if (batch.count > 0) {
        cf_submit_values(map->pool, cfi_chunk_run, batch.chunks, batch.count,
                         batch.futures, map->label);
    }
    for (size_t i = 0; i < batch.count; i++) {
        cfi_map_push(map, batch.futures[i], batch.items[i]);
        map->has_taken_all = map->has_taken_all || is_refused(batch.futures[i]);
    }
    if (!has_memory) {
        map->has_taken_all = true;
        map->waiting++;
        cfi_map_push(map, cfi_future_no_memory(), 1);
    }
}

void cfi_map_submit_ahead(cf_map_iter *map)
{
    // One, then more and more: the first task starts at once, and a pool that
    // takes none has said so after one.
    size_t most = 1;
    while (!map->has_taken_all && has_room(map)) {
        submit_batch(map, most);
        most = most < MOST_AT_ONCE ? 2 * most : most;
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
