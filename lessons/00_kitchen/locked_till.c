// Ada takes 5 and Ben takes 7, each on a thread, at one till. With its lock the
// read and the write are one step for everybody else, so nothing is lost.

#include <pthread.h>
#include <stdio.h>

struct till {
    pthread_mutex_t lock;  // lock guards: amount
    int amount;
};

static struct till till = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void *pay(void *price)
{
    // [pay]
    const int *mine = price;
    pthread_mutex_lock(&till.lock);
    int seen = till.amount;
    till.amount = seen + *mine;
    pthread_mutex_unlock(&till.lock);
    // [/pay]
    return NULL;
}

int main(void)
{
    int soup = 5, stew = 7;
    pthread_t ada, ben;
    if (pthread_create(&ada, NULL, pay, &soup) != 0) {
        return 1;
    }
    const int no_ben = pthread_create(&ben, NULL, pay, &stew);
    pthread_join(ada, NULL);
    if (no_ben != 0) {
        return 1;
    }
    pthread_join(ben, NULL);
    printf("paid: 12, in the till: %d\n", till.amount);
    return 0;
}
