// Main takes many steps in a row while others are ready. How long a thread may
// do so is counted, and the count must not go over into the next schedule.
#include <pthread.h>
#include <stdatomic.h>

static atomic_int steps;

static void *step_once(void *unused)
{
    atomic_fetch_add(&steps, 1);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, step_once, NULL);
    for (int i = 0; i < 700; i++) {
        atomic_fetch_add(&steps, 1);
    }
    pthread_join(thread, NULL);
    return 0;
}
