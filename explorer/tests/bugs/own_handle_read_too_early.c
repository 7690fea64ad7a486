// Broken: the thread reads the variable that pthread_create fills in; nothing
// promises that this has happened already.
#include <pthread.h>

static pthread_t worker;
static int is_worker;

static void *work(void *unused)
{
    is_worker = pthread_equal(pthread_self(), worker);
    return unused;
}

int main(void)
{
    pthread_create(&worker, NULL, work, NULL);
    pthread_join(worker, NULL);
    return is_worker ? 0 : 1;
}
