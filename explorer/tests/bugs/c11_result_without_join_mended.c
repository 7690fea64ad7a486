// Mended: thrd_join comes first.
#include <stdio.h>
#include <threads.h>

static double mean;

static int compute(void *unused)
{
    (void)unused;
    mean = 2.5;
    return 0;
}

int main(void)
{
    thrd_t thread;
    thrd_create(&thread, compute, NULL);
    thrd_join(thread, NULL);
    printf("%.1f\n", mean);
    return 0;
}
