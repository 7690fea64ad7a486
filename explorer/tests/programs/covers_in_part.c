// Eight bytes are read, then four of them are written. The other thread writes
// the four that are left: what it meets is the read.

#include <pthread.h>
#include <stdint.h>

static union {
    uint64_t all;
    uint32_t half[2];
} value;

static void *write_what_is_left(void *unused)
{
    value.half[1] = 1;
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, write_what_is_left, NULL);
    uint64_t seen = value.all;
    value.half[0] = (uint32_t)seen + 1;
    pthread_join(thread, NULL);
}
