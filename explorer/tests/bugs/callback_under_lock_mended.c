// Mended: the callback runs after the lock was let go.
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int value;  // guarded by lock

static int get(void)
{
    pthread_mutex_lock(&lock);
    int result = value;
    pthread_mutex_unlock(&lock);
    return result;
}

static void set(int fresh, void (*on_change)(void))
{
    pthread_mutex_lock(&lock);
    value = fresh;
    pthread_mutex_unlock(&lock);
    on_change();
}

static void look(void)
{
    (void)get();
}

static void *work(void *unused)
{
    set(1, look);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    pthread_join(thread, NULL);
    return 0;
}
