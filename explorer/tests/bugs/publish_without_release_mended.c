// Mended: a release store publishes what was written before it.
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static char message[16];
static atomic_bool is_ready;

static void *writer(void *unused)
{
    snprintf(message, sizeof message, "dinner");
    // pairs with the acquire load in main()
    atomic_store_explicit(&is_ready, true, memory_order_release);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, writer, NULL);
    if (atomic_load_explicit(&is_ready, memory_order_acquire)) {
        putchar(message[0]);
    }
    pthread_join(thread, NULL);
    return 0;
}
