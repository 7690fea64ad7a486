// Mended: the drop itself tells who was last.
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct image {
    atomic_int owners;
    int pixels[4];
};

static void release(struct image *image)
{
    if (atomic_fetch_sub(&image->owners, 1) == 1) {
        free(image);
    }
}

static void *show(void *arg)
{
    release(arg);
    return NULL;
}

int main(void)
{
    struct image *image = malloc(sizeof *image);
    atomic_init(&image->owners, 2);
    pthread_t thread;
    pthread_create(&thread, NULL, show, image);
    release(image);
    pthread_join(thread, NULL);
    return 0;
}
