// A map hands out what its tasks return, in the order of the items, whichever
// ends first.

#include <assert.h>
#include <cfutures.h>

static cf_value itself(cf_value item)
{
    return item;
}

int main(void)
{
    const int items[] = {0, 1};
    int next = 0;
    cf_executor *pool = cf_thread_pool(.max_workers = 2);
    cf_for (item, cf_map(pool, itself, items, 2)) {
        assert(cf_as_int(item) == next);
        next++;
    }
    assert(next == 2);
    cf_close(pool);
    return 0;
}
