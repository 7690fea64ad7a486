// Mended: the pointer is released after the table is filled, and acquired.
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#define PUBLISH memory_order_release
#define OBTAIN memory_order_acquire

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int *_Atomic table;

static int *get_table(void)
{
    int *result = atomic_load_explicit(&table, OBTAIN);
    if (result == NULL) {
        pthread_mutex_lock(&lock);
        result = atomic_load_explicit(&table, memory_order_relaxed);
        if (result == NULL) {
            result = malloc(4 * sizeof *result);
            result[0] = 1;
            atomic_store_explicit(&table, result, PUBLISH);
        }
        pthread_mutex_unlock(&lock);
    }
    return result;
}

static void *use(void *unused)
{
    printf("%d\n", get_table()[0]);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, use, NULL);
    pthread_create(&threads[1], NULL, use, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    free(atomic_load(&table));
    return 0;
}
