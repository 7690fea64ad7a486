// Broken: a reference is dropped by one atomic step and looked at by another:
// both owners may see zero, or look when the other has freed.
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct image {
    atomic_int owners;
    int pixels[4];
};

static void release(struct image *image)
{
    atomic_fetch_sub(&image->owners, 1);
    if (atomic_load(&image->owners) == 0) {
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
