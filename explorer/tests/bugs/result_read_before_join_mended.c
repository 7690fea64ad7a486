// Mended: joining orders the thread's writes before the read.
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
    pthread_join(thread, NULL);
    printf("%d\n", answer);
    return 0;
}
