// Broken: the flag is atomic, but stored relaxed: it may become visible before
// the message that it announces.
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static char message[16];
static atomic_bool is_ready;

static void *writer(void *unused)
{
    snprintf(message, sizeof message, "dinner");
    atomic_store_explicit(&is_ready, true, memory_order_relaxed);
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
