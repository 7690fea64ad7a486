// What the tests of maps share: sources, tasks that count, data that counts.

#ifndef MAP_SUPPORT_H
#define MAP_SUPPORT_H

#include <cfutures.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "support.h"

// Reset before each test by map_set_up, which goes into the suite.
extern struct gate gate;
extern atomic_int ran;
extern atomic_int freed;
void map_set_up(void);

// Tasks: each counts in `ran` and returns the item; the second goes through the
// gate then.
cf_value count(cf_value item);
cf_value enter_and_count(cf_value item);

// A source: numbers without an end. `state` is an int, the next one.
bool count_up(void *state, cf_value *item);

// Data for cf_take, which counts in `freed`.
cf_value counted_data(void);

#endif
