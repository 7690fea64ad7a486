// Mended: a lock makes looking and setting one step; who is late frees its own.
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int *result;  // guarded by lock

static void *fulfil(void *unused)
{
    int *mine = malloc(sizeof *mine);
    *mine = 1;
    pthread_mutex_lock(&lock);
    int is_open = result == NULL;
    if (is_open) {
        result = mine;
    }
    pthread_mutex_unlock(&lock);
    if (!is_open) {
        free(mine);
    }
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, fulfil, NULL);
    pthread_create(&threads[1], NULL, fulfil, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    free(result);
    return 0;
}
