// A loop over a map is left after its first result: what has not started is
// cancelled, what runs goes on, and the context lives as long as that.

#include <assert.h>
#include <cfutures.h>
#include <stdlib.h>

static int freed;

static void free_once(void *data)
{
    freed++;
    free(data);
}

static cf_value add(cf_value context, cf_value item)
{
    return cf_int(*(const int *)cf_as_ptr(context) + cf_as_int(item));
}

int main(void)
{
    const int items[] = {0, 1};
    int *ten = malloc(sizeof *ten);
    *ten = 10;
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_for (item, cf_map_with(pool, add, cf_take(ten, free_once), items, 2)) {
        assert(cf_as_int(item) == 10);
        break;
    }
    cf_close(pool);
    assert(freed == 1);
    return 0;
}
