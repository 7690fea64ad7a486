// Mended: the reader's load acquires what the writer released.
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static int price;
static atomic_int is_known;

static void *writer(void *unused)
{
    price = 42;
    atomic_store_explicit(&is_known, 1, memory_order_release);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, writer, NULL);
    if (atomic_load_explicit(&is_known, memory_order_acquire)) {
        printf("%d\n", price);
    }
    pthread_join(thread, NULL);
    return 0;
}
