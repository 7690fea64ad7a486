// Mended: the datum has one lock.
#include <pthread.h>

struct account {
    pthread_mutex_t lock;  // lock guards:
    int balance;
};
static struct account shop = {.lock = PTHREAD_MUTEX_INITIALIZER};
static pthread_mutex_t audit_lock = PTHREAD_MUTEX_INITIALIZER;
static int audits;  // guarded by audit_lock

static void *pay(void *unused)
{
    pthread_mutex_lock(&shop.lock);
    shop.balance += 10;
    pthread_mutex_unlock(&shop.lock);
    return unused;
}

static void *audit(void *unused)
{
    pthread_mutex_lock(&audit_lock);
    audits++;
    pthread_mutex_unlock(&audit_lock);
    pthread_mutex_lock(&shop.lock);
    shop.balance -= 1;
    pthread_mutex_unlock(&shop.lock);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, pay, NULL);
    pthread_create(&threads[1], NULL, audit, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
