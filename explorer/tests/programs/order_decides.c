// Two threads, and in nothing but one call (the first argument tells which) it
// shows who came first. Exits with 1 when the result is the one that is wanted
// (the second argument): so it can be seen which results are reached.

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *call;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static sem_t semaphore, others_are_done;
static atomic_int number, own[3];
static _Thread_local bool is_first;
static void *memory[2];
static int seen[2];  // by each thread, at its call

static void note_first(void)
{
    is_first = true;
}

static int first_does_second_looks(int me)
{
    int value = 0;
    if (strcmp(call, "trylock") == 0) {
        value = pthread_mutex_trylock(&lock) != 0;
        if (me == 0 && value == 0) {
            atomic_fetch_add(&own[me], 1);
            pthread_mutex_unlock(&lock);
        }
    } else if (strcmp(call, "tryrdlock") == 0) {
        value = me == 0 ? pthread_rwlock_wrlock(&rwlock) != 0
                        : pthread_rwlock_tryrdlock(&rwlock) != 0;
    } else if (strcmp(call, "sem_trywait") == 0) {
        value = me == 0 ? sem_post(&semaphore) : sem_trywait(&semaphore);
    } else if (strcmp(call, "sem_getvalue") == 0) {
        me == 0 ? sem_post(&semaphore) : sem_getvalue(&semaphore, &value);
    } else if (strcmp(call, "atomic") == 0) {
        value = me == 0 ? (atomic_store(&number, 1), 0) : atomic_load(&number);
    }
    return value & 3;
}

static int look(int me)
{
    if (strcmp(call, "malloc") == 0) {
        memory[me] = malloc(1);
        return (int)((unsigned long)memory[me] / 32 % 4);
    }
    if (strcmp(call, "rand") == 0) {
        return rand() / 256 % 4;
    }
    if (strcmp(call, "once") == 0) {
        pthread_once(&once, note_first);
        return is_first;
    }
    return first_does_second_looks(me);
}

static void *run(void *arg)
{
    int me = (int)(long)arg;
    atomic_fetch_add(&own[me], 1);  // a switch point that tells nothing
    seen[me] = look(me);
    atomic_fetch_add(&own[me], 1);
    return NULL;
}

// Somebody to choose, too, when the two have ended: so there is a choice after
// which only what they saw is different.
static void *stroll(void *unused)
{
    sem_wait(&others_are_done);
    atomic_fetch_add(&own[2], 1);
    return unused;
}

int main(int argc, char **argv)
{
    call = argc > 1 ? argv[1] : "";
    int wanted = argc > 2 ? atoi(argv[2]) : -1;
    sem_init(&semaphore, 0, 0);
    sem_init(&others_are_done, 0, 0);
    pthread_t thread[3];
    for (long i = 0; i < 3; i++) {
        pthread_create(&thread[i], NULL, i < 2 ? run : stroll, (void *)i);
    }
    pthread_join(thread[0], NULL);
    pthread_join(thread[1], NULL);
    sem_post(&others_are_done);
    pthread_join(thread[2], NULL);
    free(memory[0]);
    free(memory[1]);
    return seen[0] * 4 + seen[1] == wanted;
}
