// See map_support.h.

#include "map_support.h"

#include <stdlib.h>

struct gate gate;
atomic_int ran;
atomic_int freed;

void map_set_up(void)
{
    gate = (struct gate)GATE_CLOSED;
    ran = 0;
    freed = 0;
    support_set_up();
}

cf_value count(cf_value item)
{
    ran++;
    return item;
}

cf_value enter_and_count(cf_value item)
{
    ran++;
    gate_enter(&gate);
    return item;
}

bool count_up(void *state, cf_value *item)
{
    int *next = state;
    *item = cf_int((*next)++);
    return true;
}

static void count_and_free(void *data)
{
    freed++;
    free(data);
}

cf_value counted_data(void)
{
    return cf_take(malloc(1), count_and_free);
}
