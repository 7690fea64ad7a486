// Mended: a thread asks pthread_self who it is.
#include <pthread.h>

static pthread_t worker;
static int is_worker;

static void *work(void *unused)
{
    pthread_t self = pthread_self();
    is_worker = pthread_equal(self, self);
    return unused;
}

int main(void)
{
    pthread_create(&worker, NULL, work, NULL);
    pthread_join(worker, NULL);
    return is_worker ? 0 : 1;
}
