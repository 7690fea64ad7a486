// Broken: two callers shut the pool down, both see it open, both join the
// worker.
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

static pthread_t worker;
static atomic_bool is_shut;

static void *work(void *unused)
{
    return unused;
}

static void *shut_down(void *unused)
{
    if (!atomic_load(&is_shut)) {
        pthread_join(worker, NULL);
        atomic_store(&is_shut, true);
    }
    return unused;
}

int main(void)
{
    pthread_create(&worker, NULL, work, NULL);
    pthread_t other;
    pthread_create(&other, NULL, shut_down, NULL);
    shut_down(NULL);
    pthread_join(other, NULL);
    return 0;
}
