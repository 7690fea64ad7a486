// Broken: a failed start is cleaned up by joining all threads, and so is the
// normal end: one thread is joined twice.
#include <pthread.h>

enum { WORKERS = 2 };
static pthread_t threads[WORKERS];

static void *work(void *unused)
{
    return unused;
}

static void join_all(int count)
{
    for (int i = 0; i < count; i++) {
        pthread_join(threads[i], NULL);
    }
}

int main(void)
{
    for (int i = 0; i < WORKERS; i++) {
        pthread_create(&threads[i], NULL, work, NULL);
    }
    join_all(1);
    join_all(WORKERS);
    return 0;
}
