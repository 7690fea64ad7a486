// Broken: the only worker waits inside a task for a task behind it in the
// queue, which nobody else can run.
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stddef.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void (*queue[4])(void);  // guarded by lock, like what follows
static int first, last;
static sem_t filled, inner_done;

static void submit(void (*task)(void))
{
    pthread_mutex_lock(&lock);
    queue[last++] = task;
    pthread_mutex_unlock(&lock);
    sem_post(&filled);
}

static void inner(void)
{
    sem_post(&inner_done);
}

static void outer(void)
{
    submit(inner);
    sem_wait(&inner_done);
    submit(NULL);
}

static void *worker(void *unused)
{
    for (;;) {
        sem_wait(&filled);
        pthread_mutex_lock(&lock);
        void (*task)(void) = queue[first++];
        pthread_mutex_unlock(&lock);
        if (task == NULL) {
            return unused;
        }
        task();
    }
}

int main(void)
{
    sem_init(&filled, 0, 0);
    sem_init(&inner_done, 0, 0);
    pthread_t thread;
    pthread_create(&thread, NULL, worker, NULL);
    submit(outer);
    pthread_join(thread, NULL);
    return 0;
}
