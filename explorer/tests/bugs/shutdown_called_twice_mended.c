// Mended: one of them is the first; the other one leaves it alone.
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

static pthread_t worker;
static atomic_bool is_shut;

static void *work(void *unused)
{
    return unused;
}

static void *shut_down(void *unused)
{
    if (!atomic_exchange(&is_shut, true)) {
        pthread_join(worker, NULL);
    }
    return unused;
}

int main(void)
{
    pthread_create(&worker, NULL, work, NULL);
    pthread_t other;
    pthread_create(&other, NULL, shut_down, NULL);
    shut_down(NULL);
    pthread_join(other, NULL);
    return 0;
}
