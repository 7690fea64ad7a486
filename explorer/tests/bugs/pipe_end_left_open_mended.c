// Mended: the writer closes its end when it is done.
#include <pthread.h>
#include <unistd.h>

static int ends[2];

static void *writer(void *unused)
{
    if (write(ends[1], "ab", 2) != 2) {
        return NULL;
    }
    close(ends[1]);
    return unused;
}

int main(void)
{
    if (pipe(ends) != 0) {
        return 2;
    }
    pthread_t thread;
    pthread_create(&thread, NULL, writer, NULL);
    char byte;
    while (read(ends[0], &byte, 1) == 1) {
    }
    pthread_join(thread, NULL);
    close(ends[0]);
    return 0;
}
