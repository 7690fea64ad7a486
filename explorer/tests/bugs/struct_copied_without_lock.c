// Broken: the writer locks, the reader copies the whole struct without.
#include <assert.h>
#include <pthread.h>

struct range {
    long low, high, count;
};
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct range range;  // guarded by lock

static void *widen(void *unused)
{
    pthread_mutex_lock(&lock);
    range.low--;
    range.high++;
    range.count++;
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, widen, NULL);
    struct range copy = range;
    assert(copy.low == -copy.high);
    pthread_join(thread, NULL);
    return 0;
}
