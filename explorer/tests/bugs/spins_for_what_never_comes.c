// Broken: a worker that finds nothing to do returns without counting itself as
// done, and main spins for ever.
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

static atomic_int tasks = 1, done;

static void *worker(void *unused)
{
    if (atomic_fetch_sub(&tasks, 1) <= 0) {
        return unused;
    }
    atomic_fetch_add(&done, 1);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, worker, NULL);
    pthread_create(&threads[1], NULL, worker, NULL);
    while (atomic_load(&done) < 2) {
        sched_yield();
    }
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
