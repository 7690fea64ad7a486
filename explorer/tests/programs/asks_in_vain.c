// Asks for what does not hold; -DASK says what.
#include "explorer.h"

#include <pthread.h>
#include <unistd.h>

enum { ELAPSED = 1, SCHEDULES, FAIL, NAME };

static pthread_mutex_t pair[2] = {PTHREAD_MUTEX_INITIALIZER,
                                  PTHREAD_MUTEX_INITIALIZER};

int main(void)
{
    xp_name(&pair[0], "lock of \"the\" account");
    if (ASK == ELAPSED) {
        sleep(2);
        xp_expect_elapsed(1500000000);
    }
    if (ASK == SCHEDULES && xp_schedules() >= 20) {
        return 1;
    }
    if (ASK == FAIL) {
        xp_fail(__builtin_return_address(0), "the sum is wrong: 3 != 4");
    }
    if (ASK == NAME) {
        pthread_mutex_lock(&pair[0]);
        pthread_mutex_lock(&pair[0]);
    }
    return 0;
}
