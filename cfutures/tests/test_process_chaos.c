// Workers are killed at random while many tasks run: every future ends, the
// tasks that had not started on a killed worker succeed, and nothing is left.

#define _GNU_SOURCE  // MAP_ANONYMOUS

#include <cfutures.h>

#include "process_support.h"
#include "support.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS = 4, TASKS = 10000, KILLS = 200 };

// What all processes see: who runs which task, and how often each has started.
static struct {
    atomic_int pids[WORKERS];
    atomic_int starts[TASKS];
} * seen;

// Leaves its pid where the killer looks, and does a little.
static cf_value work(cf_value number)
{
    const int64_t i = cf_as_int(number);
    seen->starts[i]++;
    seen->pids[i % WORKERS] = getpid();
    for (volatile unsigned n = 0; n < 20000; n++) {
    }
    return i % 3 == 0 ? cf_format("%lld", (long long)i) : number;
}

static bool is_right(cf_value result, int number)
{
    return number % 3 == 0 ? atoi(cf_as_str(result)) == number
                           : cf_as_int(result) == number;
}

static void submit_and_kill(cf_executor *pool, cf_future **futures,
                            unsigned seed)
{
    uint64_t random = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
    for (int i = 0; i < TASKS; i++) {
        futures[i] = cf_submit(pool, work, i);
    }
    for (int i = 0; i < KILLS; i++) {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        // Some time later, by what has been done: not by the clock.
        cf_future *soon = futures[(uint64_t)(i + 1) * TASKS / (KILLS + 1)];
        (void)cf_exception(soon);
        // Taken, so that none is killed twice, when it may be another's.
        const pid_t victim = atomic_exchange(&seen->pids[random % WORKERS], 0);
        if (victim > 0) {
            kill(victim, SIGKILL);
        }
    }
}

static void check_all(cf_future **futures)
{
    int lost = 0;
    for (int i = 0; i < TASKS; i++) {
        const cf_error *error = cf_exception(futures[i]);
        if (error != NULL) {
            CU_ASSERT_EQUAL(error->code, CF_EDIED);
            lost++;
        } else {
            CU_ASSERT_FATAL(is_right(cf_result(futures[i]), i));
        }
        // Killed as soon as it counted as started, it has not come to count.
        CU_ASSERT_FATAL(seen->starts[i] == 1 ||
                        (seen->starts[i] == 0 && error != NULL));
    }
    CU_ASSERT(lost <= KILLS);
}

static void kills_at_random_cost_one_task_each_at_most(void)
{
    cf_future **futures = calloc(TASKS, sizeof futures[0]);
    const int descriptors = descriptors_in_use();
    for (unsigned seed = 1; seed <= 10; seed++) {
        memset(seen, 0, sizeof *seen);
        cf_with (pool, cf_process_pool(.max_workers = WORKERS)) {
            submit_and_kill(pool, futures, seed);
            check_all(futures);
        }
        CU_ASSERT_EQUAL(descriptors_in_use(), descriptors);
        CU_ASSERT(waitpid(-1, NULL, 0) == -1 && errno == ECHILD);
    }
    free(futures);
}

static int set_up(void)
{
    seen = mmap(NULL, sizeof *seen, PROT_READ | PROT_WRITE,
                MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return (void *)seen == MAP_FAILED;
}

static CU_TestInfo tests[] = {
    TEST(kills_at_random_cost_one_task_each_at_most),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    {"chaos", set_up, NULL, support_set_up, support_tear_down, tests},
    CU_SUITE_INFO_NULL,
};
