// Broken: the callback is added after a look at the state that is out of date:
// the future completes in between, and the callback never runs.
#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool is_done;            // guarded by lock
static void (*callback)(void);  // guarded by lock
static int calls;               // by the one who runs the callback

static void count(void)
{
    calls++;
}

static void *complete(void *unused)
{
    pthread_mutex_lock(&lock);
    is_done = true;
    void (*due)(void) = callback;
    pthread_mutex_unlock(&lock);
    if (due != NULL) {
        due();
    }
    return unused;
}

static void add_callback(void (*function)(void))
{
    pthread_mutex_lock(&lock);
    bool is_late = is_done;
    pthread_mutex_unlock(&lock);
    pthread_mutex_lock(&lock);
    callback = is_late ? NULL : function;
    pthread_mutex_unlock(&lock);
    if (is_late) {
        function();
    }
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, complete, NULL);
    add_callback(count);
    pthread_join(thread, NULL);
    assert(calls == 1);
    return 0;
}
