// Mended: the waiter looks at a variable, the signal only says "look again".
#include <pthread.h>
#include <stdbool.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t rings = PTHREAD_COND_INITIALIZER;
static bool has_rung;  // guarded by lock

static void *ring(void *unused)
{
    pthread_mutex_lock(&lock);
    has_rung = true;
    pthread_cond_signal(&rings);
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, ring, NULL);
    pthread_mutex_lock(&lock);
    while (!has_rung) {
        pthread_cond_wait(&rings, &lock);
    }
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
    return has_rung ? 0 : 1;
}
