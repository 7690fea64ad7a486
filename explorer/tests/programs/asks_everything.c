// Uses all of explorer.h. What holds outside of the explorer, too, is checked
// always; the rest only while exploring.
#include "explorer.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static uint32_t word;
static const int64_t MILLISECOND = 1000000;

static void *meet_and_wake(void *unused)
{
    assert(xp_together(1, 2));
    assert(xp_together(2, 3) == !xp_is_exploring());
    __atomic_store_n(&word, 1, __ATOMIC_SEQ_CST);
    xp_address_wake(&word, 1);
    return unused;
}

static void check_what_only_the_explorer_knows(void)
{
    assert(xp_threads_created() == 1 && xp_unlocks() == 1);
    xp_allow_threads(0);
    pthread_t thread;
    assert(pthread_create(&thread, NULL, meet_and_wake, NULL) == EAGAIN);
}

int main(void)
{
    assert(xp_schedules() == 0 || xp_is_exploring());
    xp_name(&lock, "the only lock");
    int64_t began = xp_now();
    xp_work(2 * MILLISECOND, "thinking");
    assert(xp_now() >= began + 2 * MILLISECOND);
    xp_expect_elapsed(2 * MILLISECOND);
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);

    pthread_t thread;
    pthread_create(&thread, NULL, meet_and_wake, NULL);
    assert(xp_together(1, 2));
    assert(xp_together(2, 3) == !xp_is_exploring());
    while (__atomic_load_n(&word, __ATOMIC_SEQ_CST) == 0) {
        assert(xp_address_wait(&word, 0, -1));
    }
    assert(xp_address_wait(&word, 0, -1));
    while (xp_address_wait(&word, 1, xp_now() + MILLISECOND)) {
    }
    if (xp_is_exploring()) {
        check_what_only_the_explorer_knows();
    }
    return pthread_join(thread, NULL);
}
