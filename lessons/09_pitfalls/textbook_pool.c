// A textbook's thread pool, with two menus to cook. Each hands in a soup, as a
// task of the same pool, and waits for it. Waiting lets go of the lock.

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

#ifndef WORKERS
#define WORKERS 3
#endif

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t handed_in = PTHREAD_COND_INITIALIZER;
static pthread_cond_t done = PTHREAD_COND_INITIALIZER;
static int tasks = 2, taken;  // lock guards: 0 and 1 are menus, 2 and 3 soups
static bool is_done[4];       // lock guards

static void cook_menu_locked(void)
{
    const int soup = tasks++;
    pthread_cond_signal(&handed_in);
    while (!is_done[soup]) {
        pthread_cond_wait(&done, &lock);
    }
}

static void *work(void *unused)
{
    pthread_mutex_lock(&lock);
    while (taken < 4) {
        if (taken == tasks) {
            pthread_cond_wait(&handed_in, &lock);
            continue;
        }
        const int task = taken++;
        if (task < 2) {
            cook_menu_locked();
        }
        is_done[task] = true;
        pthread_cond_broadcast(&done);
    }
    pthread_cond_broadcast(&handed_in);  // nothing more will come
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t workers[WORKERS];
    for (int i = 0; i < WORKERS; i++) {
        if (pthread_create(&workers[i], NULL, work, NULL) != 0) {
            return 1;
        }
    }
    for (int i = 0; i < WORKERS; i++) {
        pthread_join(workers[i], NULL);
    }
    puts("two menus are cooked");
    return 0;
}
