// Forks while nobody holds a lock, and waits for the child.
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static void *work(void *unused)
{
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    pid_t child = fork();
    if (child == 0) {
        _exit(7);
    }
    pthread_join(thread, NULL);
    return waitpid(child, NULL, 0) == child ? 0 : 1;
}
