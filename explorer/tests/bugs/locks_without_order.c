// Broken: two transfers take the same two locks in opposite order, so each may
// hold what the other wants.
#include <pthread.h>

struct account {
    pthread_mutex_t lock;  // lock guards:
    int balance;
};
static struct account pair[2] = {{PTHREAD_MUTEX_INITIALIZER, 10},
                                 {PTHREAD_MUTEX_INITIALIZER, 10}};

static void transfer(struct account *from, struct account *to, int sum)
{
    pthread_mutex_lock(&from->lock);
    pthread_mutex_lock(&to->lock);
    from->balance -= sum;
    to->balance += sum;
    pthread_mutex_unlock(&to->lock);
    pthread_mutex_unlock(&from->lock);
}

static void *there(void *unused)
{
    transfer(&pair[0], &pair[1], 3);
    return unused;
}

static void *back(void *unused)
{
    transfer(&pair[1], &pair[0], 4);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, there, NULL);
    pthread_create(&threads[1], NULL, back, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
