// Broken: cancelling looks at the state and changes it in two steps; the worker
// starts the task in between, and cancel says "cancelled" all the same.
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
    if (atomic_load(&state) != PENDING) {
        return false;
    }
    atomic_store(&state, CANCELLED);
    return true;
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
