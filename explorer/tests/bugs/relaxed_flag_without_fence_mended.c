// Mended: fences on both sides make the relaxed flag carry the data along.
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static int parcel;
static atomic_bool has_arrived;

static void *sender(void *unused)
{
    parcel = 7;
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&has_arrived, true, memory_order_relaxed);
    return unused;
}

static void *receiver(void *unused)
{
    if (atomic_load_explicit(&has_arrived, memory_order_relaxed)) {
        atomic_thread_fence(memory_order_acquire);
        printf("%d\n", parcel);
    }
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, sender, NULL);
    pthread_create(&threads[1], NULL, receiver, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
