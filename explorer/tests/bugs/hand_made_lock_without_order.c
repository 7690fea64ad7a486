// Broken: a spinlock of one's own whose operations are relaxed: it excludes,
// but what one holder wrote need not be there for the next.
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#define TAKE memory_order_relaxed
#define LET_GO memory_order_relaxed

static atomic_flag is_taken = ATOMIC_FLAG_INIT;
static int shared;  // guarded by is_taken

static void *add(void *unused)
{
    while (atomic_flag_test_and_set_explicit(&is_taken, TAKE)) {
        sched_yield();
    }
    shared++;
    atomic_flag_clear_explicit(&is_taken, LET_GO);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, add, NULL);
    pthread_create(&threads[1], NULL, add, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return shared == 2 ? 0 : 1;
}
