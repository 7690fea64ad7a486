// Broken: the control of pthread_once is a local variable, a new one for each
// thread, so each thread initialises.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

static atomic_int initialisations;

static void initialise(void)
{
    atomic_fetch_add(&initialisations, 1);
}

static void *use(void *unused)
{
    pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, initialise);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, use, NULL);
    pthread_create(&threads[1], NULL, use, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    int count = atomic_load(&initialisations);
    assert(count == 1);
    return 0;
}
