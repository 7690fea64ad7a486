// Broken: a woken worker takes from the queue without looking again, and gets
// no task when another one was faster.
#include <pthread.h>
#include <stdlib.h>

struct task {
    struct task *next;
    int number;
};
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t has_task = PTHREAD_COND_INITIALIZER;
static struct task *queue;  // guarded by lock

static void *worker(void *unused)
{
    pthread_mutex_lock(&lock);
    if (queue == NULL) {
        pthread_cond_wait(&has_task, &lock);
    }
    struct task *task = queue;
    queue = task->next;
    pthread_mutex_unlock(&lock);
    free(task);
    return unused;
}

static void submit(int number)
{
    struct task *task = malloc(sizeof *task);
    pthread_mutex_lock(&lock);
    *task = (struct task){.next = queue, .number = number};
    queue = task;
    pthread_cond_signal(&has_task);
    pthread_mutex_unlock(&lock);
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, worker, NULL);
    pthread_create(&threads[1], NULL, worker, NULL);
    submit(1);
    submit(2);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
