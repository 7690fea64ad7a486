// Broken: the caller prints the text made by asprintf and drops it.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void *fail(void *unused)
{
    (void)unused;
    char *text;
    return asprintf(&text, "error %d", 5) < 0 ? NULL : text;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, fail, NULL);
    void *text;
    pthread_join(thread, &text);
    puts(text);
    return 0;
}
