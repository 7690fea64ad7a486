// Broken: the one who completes and the one who adds the callback both look
// under the lock, but mark it as run only afterwards.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool is_done, is_wanted, has_run;  // guarded by lock
static atomic_int calls;

static void run_if_due(void)
{
    pthread_mutex_lock(&lock);
    bool is_due = is_done && is_wanted && !has_run;
    pthread_mutex_unlock(&lock);
    if (is_due) {
        atomic_fetch_add(&calls, 1);
        pthread_mutex_lock(&lock);
        has_run = true;
        pthread_mutex_unlock(&lock);
    }
}

static void *complete(void *unused)
{
    pthread_mutex_lock(&lock);
    is_done = true;
    pthread_mutex_unlock(&lock);
    run_if_due();
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, complete, NULL);
    pthread_mutex_lock(&lock);
    is_wanted = true;
    pthread_mutex_unlock(&lock);
    run_if_due();
    pthread_join(thread, NULL);
    int count = atomic_load(&calls);
    assert(count == 1);
    return 0;
}
