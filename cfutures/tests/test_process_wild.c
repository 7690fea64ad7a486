// A task may overwrite what its worker shares with the program. It harms
// itself.

#include <cfutures.h>

#include "support.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

// The worker's channel; the task finds it as a stray pointer would.
static unsigned char *find_channel(size_t *size)
{
    unsigned char *found = NULL;
    char line[512];
    FILE *maps = fopen("/proc/self/maps", "r");
    while (maps != NULL && fgets(line, sizeof line, maps) != NULL) {
        unsigned long begin;
        unsigned long end;
        if (strstr(line, "memfd:cfutures") != NULL &&
            sscanf(line, "%lx-%lx", &begin, &end) == 2) {
            found = (unsigned char *)begin;
            *size = end - begin;
        }
    }
    if (maps != NULL) {
        fclose(maps);
    }
    return found;
}

static cf_value overwrite_all(cf_value byte)
{
    size_t size = 0;
    unsigned char *channel = find_channel(&size);
    if (channel == NULL) {
        return cf_fail(ENOENT, "no channel");
    }
    memset(channel, (int)cf_as_int(byte), size);
    return cf_none();
}

static cf_value overwrite_some(cf_value seed)
{
    size_t size = 0;
    unsigned char *channel = find_channel(&size);
    uint64_t random = (uint64_t)cf_as_int(seed) * 88172645463325252;
    for (int i = 0; channel != NULL && i < 3; i++) {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        // The positions lie at the beginning of the rings.
        const size_t ring = random % 2 * (128 + 65536);
        channel[ring + (random >> 8) % 200] = (unsigned char)(random >> 32);
    }
    return cf_int(1);
}

static void a_worker_that_overwrites_its_channel_fails_alone(void)
{
    cf_with (pool, cf_process_pool(.max_workers = 1, .grace = 0.01)) {
        for (int byte = 0x55; byte <= 0xaa; byte += 0x55) {
            const int code = code_of(cf_submit(pool, overwrite_all, byte));
            CU_ASSERT_EQUAL(code, CF_EDIED);
            CU_ASSERT_EQUAL(cf_as_int(cf_result(cf_submit(pool, itself, 7))),
                            7);
        }
        // What makes sense by chance may keep it from answering: the deadline
        // is for that.
        for (int seed = 1; seed <= 100; seed++) {
            cf_future *wild = cf_submit_within(pool, overwrite_some, seed, 0.3);
            const int code = code_of(wild);
            CU_ASSERT(code == 0 || code == CF_EDIED || code == CF_EDEADLINE);
            cf_future *next = cf_submit_within(pool, itself, 7, 100);
            CU_ASSERT_EQUAL(code_of(next), 0);
        }
    }
}

static CU_TestInfo tests[] = {
    TEST(a_worker_that_overwrites_its_channel_fails_alone),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("wild tasks", tests),
    CU_SUITE_INFO_NULL,
};
