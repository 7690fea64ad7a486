// Mended: the caller brings the buffer.
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

static const char *label(intptr_t number, char *text, size_t size)
{
    snprintf(text, size, "plate %d", (int)number);
    return text;
}

static void *print(void *arg)
{
    char text[16];
    puts(label((intptr_t)arg, text, sizeof text));
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
