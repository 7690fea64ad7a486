// Can the explorer be believed on this machine? Two threads count together,
// under a lock, or without one if UNLOCKED is defined.

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int count;

static void *count_one(void *unused)
{
#ifndef UNLOCKED
    pthread_mutex_lock(&lock);
#endif
    count++;
#ifndef UNLOCKED
    pthread_mutex_unlock(&lock);
#endif
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++) {
        if (pthread_create(&threads[i], NULL, count_one, NULL) != 0) {
            return 1;
        }
    }
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
    }
    return count == 2 ? 0 : 1;
}
