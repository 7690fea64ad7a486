// Mended: one compare-and-swap decides between cancelled and running.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

enum { PENDING, RUNNING, CANCELLED };
static atomic_int state = PENDING;
static bool has_run;  // by the worker, read after joining

static void *worker(void *unused)
{
    int expected = PENDING;
    if (atomic_compare_exchange_strong(&state, &expected, RUNNING)) {
        has_run = true;
    }
    return unused;
}

static bool cancel(void)
{
    int expected = PENDING;
    return atomic_compare_exchange_strong(&state, &expected, CANCELLED);
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, worker, NULL);
    bool is_cancelled = cancel();
    pthread_join(thread, NULL);
    assert(is_cancelled != has_run);
    return 0;
}
