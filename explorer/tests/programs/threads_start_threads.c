// Two threads start one each, at any moments, and each joins its own.
#include <pthread.h>
#include <stddef.h>

static void *child(void *own)
{
    return own;
}

static void *parent(void *own)
{
    pthread_t thread;
    void *result = NULL;
    if (pthread_create(&thread, NULL, child, own) != 0 ||
        pthread_join(thread, &result) != 0 || result != own) {
        return NULL;
    }
    return own;
}

int main(void)
{
    int numbers[2];
    pthread_t threads[2];
    void *results[2] = {NULL, NULL};
    for (int i = 0; i < 2; i++) {
        if (pthread_create(&threads[i], NULL, parent, &numbers[i]) != 0) {
            return 1;
        }
    }
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], &results[i]);
    }
    return results[0] == &numbers[0] && results[1] == &numbers[1] ? 0 : 1;
}
