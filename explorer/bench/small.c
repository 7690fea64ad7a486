// Three workers count under one lock: about fifty switch points in all, and
// next to no memory. What a schedule costs in itself: setting up, switching,
// undoing. STATIC_MIB: so much static data, of which little is touched.

#include <assert.h>
#include <pthread.h>

enum { WORKERS = 3, ROUNDS = 6 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int count;

#ifdef STATIC_MIB
static char table[STATIC_MIB << 20] = {1};  // in the data segment
#endif

static void *add(void *unused)
{
    (void)unused;
    for (int i = 0; i < ROUNDS; i++) {
        pthread_mutex_lock(&lock);
        count++;
#ifdef STATIC_MIB
        table[count << 12]++;
#endif
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

int main(void)
{
    pthread_t worker[WORKERS];
    for (int i = 0; i < WORKERS; i++) {
        pthread_create(&worker[i], NULL, add, NULL);
    }
    for (int i = 0; i < WORKERS; i++) {
        pthread_join(worker[i], NULL);
    }
    assert(count == WORKERS * ROUNDS);
}
