// Mended: it takes out what it needs while it holds the lock.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct dish {
    int price;
};
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct dish *menu;  // guarded by lock

static void *remove_dish(void *unused)
{
    pthread_mutex_lock(&lock);
    free(menu);
    menu = NULL;
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    menu = malloc(sizeof *menu);
    menu->price = 3;
    pthread_t thread;
    pthread_create(&thread, NULL, remove_dish, NULL);
    pthread_mutex_lock(&lock);
    int price = menu != NULL ? menu->price : 0;
    pthread_mutex_unlock(&lock);
    printf("%d\n", price);
    pthread_join(thread, NULL);
    return 0;
}
