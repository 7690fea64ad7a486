// Mended: the argument is on the heap, and belongs to the thread.
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

struct order {
    int table, price;
};

static void *serve(void *arg)
{
    struct order *order = arg;
    int price = order->price;
    assert(price == 12);
    free(order);
    return NULL;
}

static pthread_t place_order(void)
{
    struct order *order = malloc(sizeof *order);
    *order = (struct order){.table = 3, .price = 12};
    pthread_t thread;
    pthread_create(&thread, NULL, serve, order);
    return thread;
}

static int add_up(int count)
{
    int numbers[16];  // lies where the order was
    int sum = 0;
    for (int i = 0; i < 16; i++) {
        numbers[i] = i;
        sum += i < count ? numbers[i] : 0;
    }
    return sum;
}

int main(void)
{
    pthread_t thread = place_order();
    int sum = add_up(5);
    pthread_join(thread, NULL);
    return sum == 10 ? 0 : 1;
}
