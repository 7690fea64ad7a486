// Broken: every thread gets the address of the loop's variable, which goes on
// counting while they read it.
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
    for (int i = 0; i < 3; i++) {
        pthread_create(&threads[i], NULL, greet, &i);
    }
    for (int k = 0; k < 3; k++) {
        pthread_join(threads[k], NULL);
    }
    return 0;
}
