// Mended: the program forks before it starts threads.
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int entries;  // guarded by lock

static void *work(void *unused)
{
    pthread_mutex_lock(&lock);
    entries++;
    pthread_mutex_unlock(&lock);
    return unused;
}

static pid_t start_child(void)
{
    pid_t child = fork();
    if (child == 0) {
        pthread_mutex_lock(&lock);
        _exit(0);
    }
    return child;
}

int main(void)
{
    pthread_t thread;
    pid_t child = start_child();
    pthread_create(&thread, NULL, work, NULL);
    pthread_join(thread, NULL);
    waitpid(child, NULL, 0);
    return 0;
}
