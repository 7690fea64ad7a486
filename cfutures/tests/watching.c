// See watching.h.

#include "watching.h"

#include "support.h"

#include <sched.h>
#include <stdatomic.h>

static bool (*is_wrong)(const struct cf_test_snapshot *now);
static atomic_uint looks;
static atomic_uint wrong;

static void look(void *unused)
{
    (void)unused;
    const struct cf_test_snapshot now = snapshot();
    looks++;
    wrong += is_wrong != NULL && is_wrong(&now);
}

void watch_begin(bool (*is_wrong_one)(const struct cf_test_snapshot *now))
{
    is_wrong = is_wrong_one;
    looks = 0;
    wrong = 0;
    cf_test_begin(look, NULL);
}

void watch_end(void)
{
    CU_ASSERT(looks > 0);
    CU_ASSERT_EQUAL(wrong, 0);
    cf_test_end();
}

struct cf_test_snapshot snapshot(void)
{
    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    return now;
}

void await_blocked(size_t callers)
{
    while (snapshot().callers_blocked != callers) {
        sched_yield();
    }
}

void await_busy(size_t workers)
{
    while (snapshot().workers_busy != workers) {
        sched_yield();
    }
}
