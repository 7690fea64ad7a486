// Ends in many ways, depending on the interleaving: well, in a deadlock, by an
// assertion, or with a thread left over; and leaves memory, thread-local data,
// keys and static data changed. The next schedule must not notice.
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t right = PTHREAD_MUTEX_INITIALIZER;
static int order[8], used;  // guarded by both locks
static _Thread_local int own = 1;
static pthread_key_t key;

static void *work(void *arg)
{
    int is_second = arg != NULL;
    assert(own == 1 && pthread_getspecific(key) == NULL);
    own = 2;
    errno = EDOM;
    pthread_setspecific(key, strdup("left behind"));
    pthread_mutex_lock(is_second ? &right : &left);
    pthread_mutex_lock(is_second ? &left : &right);
    order[used++] = is_second;
    pthread_mutex_unlock(&left);
    pthread_mutex_unlock(&right);
    return malloc(32);
}

int main(void)
{
    static int runs;
    runs++;
    assert(runs == 1 && used == 0);
    pthread_key_create(&key, free);
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, work, NULL);
    pthread_create(&threads[1], NULL, work, &used);
    for (int i = 0; i < 2; i++) {
        void *result;
        pthread_join(threads[i], &result);
        free(result);
    }
    printf("%d came first\n", order[0]);
    return order[0];
}
