// Broken: the maximum is replaced by one compare-and-swap; when it fails
// because somebody else was faster, the larger value is dropped.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

static _Atomic intptr_t largest;

static void *offer(void *arg)
{
    intptr_t mine = (intptr_t)arg;
    intptr_t seen = atomic_load(&largest);
    if (mine > seen) {
        atomic_compare_exchange_strong(&largest, &seen, mine);
    }
    return NULL;
}

int main(void)
{
    pthread_t threads[3];
    for (intptr_t i = 0; i < 3; i++) {
        pthread_create(&threads[i], NULL, offer, (void *)(10 * (i + 1)));
    }
    for (int i = 0; i < 3; i++) {
        pthread_join(threads[i], NULL);
    }
    intptr_t result = atomic_load(&largest);
    assert(result == 30);
    return 0;
}
