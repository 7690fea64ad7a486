// Broken: pop reads the top's next and swaps if the top is the same. The same
// node may have left and come back meanwhile, with another next (ABA).
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

enum { NODES = 3, NONE = NODES };
static _Atomic uint32_t next_of[NODES] = {1, 2, NONE};
static _Atomic uint64_t top;  // node; in the mended one also a version above it
static atomic_int times_taken[NODES];

static uint64_t above(uint64_t seen, uint32_t node)
{
    (void)seen;
    return node;
}

static uint32_t pop(void)
{
    uint64_t seen = atomic_load(&top), fresh;
    do {
        if ((uint32_t)seen == NONE) {
            return NONE;
        }
        fresh = above(seen, atomic_load(&next_of[(uint32_t)seen]));
    } while (!atomic_compare_exchange_weak(&top, &seen, fresh));
    int before = atomic_fetch_add(&times_taken[(uint32_t)seen], 1);
    assert(before == 0);
    return (uint32_t)seen;
}

static void push(uint32_t node)
{
    atomic_fetch_sub(&times_taken[node], 1);
    uint64_t seen = atomic_load(&top);
    do {
        atomic_store(&next_of[node], (uint32_t)seen);
    } while (!atomic_compare_exchange_weak(&top, &seen, above(seen, node)));
}

static void *take_one(void *unused)
{
    pop();
    pop();
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, take_one, NULL);
    uint32_t first = pop();
    pop();
    if (first != NONE) {
        push(first);
    }
    pthread_join(thread, NULL);
    return 0;
}
