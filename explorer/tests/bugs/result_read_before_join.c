// Broken: the result is read while the thread may still be writing it.
#include <pthread.h>
#include <stdio.h>

static int answer;

static void *compute(void *unused)
{
    answer = 6 * 7;
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, compute, NULL);
    printf("%d\n", answer);
    pthread_join(thread, NULL);
    return 0;
}
