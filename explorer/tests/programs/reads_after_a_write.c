// One thread reads what main has written before it started it, and then another
// thread reads it, which had been started before: nothing orders it after main.

#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

static int value;

static void *read_it(void *seconds)
{
    sleep((unsigned)(size_t)seconds);  // an order that nothing is told of
    return value == 0 ? NULL : seconds;
}

int main(void)
{
    pthread_t early, late;
    pthread_create(&early, NULL, read_it, (void *)1);
    value = 1;
    pthread_create(&late, NULL, read_it, NULL);
    pthread_join(late, NULL);
    pthread_join(early, NULL);
}
