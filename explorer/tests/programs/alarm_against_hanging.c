// A deadlock, and an alarm that is to end a program that hangs.
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int main(void)
{
    alarm(5);
    pthread_mutex_lock(&lock);
    pthread_mutex_lock(&lock);
    return 0;
}
