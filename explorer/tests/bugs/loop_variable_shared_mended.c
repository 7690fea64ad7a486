// Mended: each thread gets an element of its own, which stays as it is.
#include <pthread.h>
#include <stdio.h>

static void *greet(void *arg)
{
    const int *number = arg;
    printf("guest %d\n", *number);
    return NULL;
}

int main(void)
{
    pthread_t threads[3];
    int numbers[3] = {0, 1, 2};
    for (int i = 0; i < 3; i++) {
        pthread_create(&threads[i], NULL, greet, &numbers[i]);
    }
    for (int k = 0; k < 3; k++) {
        pthread_join(threads[k], NULL);
    }
    return 0;
}
