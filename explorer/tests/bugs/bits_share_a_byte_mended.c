// Mended: neighbouring bytes, one a thread, are separate memory: no race.
#include <assert.h>
#include <pthread.h>

static struct {
    unsigned char is_washed, is_cut;
} salad;

static void *wash(void *unused)
{
    salad.is_washed = 1;
    return unused;
}

static void *cut(void *unused)
{
    salad.is_cut = 1;
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, wash, NULL);
    pthread_create(&threads[1], NULL, cut, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    assert(salad.is_washed && salad.is_cut);
    return 0;
}
