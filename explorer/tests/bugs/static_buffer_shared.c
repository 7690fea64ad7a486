// Broken: the function returns a static buffer, one for all threads.
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

static const char *label(intptr_t number)
{
    static char text[16];
    snprintf(text, sizeof text, "plate %d", (int)number);
    return text;
}

static void *print(void *arg)
{
    puts(label((intptr_t)arg));
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    for (intptr_t i = 0; i < 2; i++) {
        pthread_create(&threads[i], NULL, print, (void *)i);
    }
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
