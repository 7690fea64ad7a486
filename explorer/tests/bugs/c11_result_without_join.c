// Broken: C11 threads race like any others: main reads before it joins.
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
    printf("%.1f\n", mean);
    thrd_join(thread, NULL);
    return 0;
}
