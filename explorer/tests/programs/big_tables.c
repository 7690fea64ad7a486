// Megabytes of static data, with and without a value, that every schedule must
// find as they were: their ends, which share a page with others, and between.

#include <assert.h>
#include <pthread.h>
#include <stddef.h>

enum { SIZE = 3 << 20, STEP = 100000 };

static char small_before = 1;
static char full[SIZE] = {[0] = 1, [SIZE / 2] = 2, [SIZE - 1] = 3};
static char empty[SIZE];
static char small_after;

static int expected(int i)
{
    return i == 0 ? 1 : i == SIZE / 2 ? 2 : i == SIZE - 1 ? 3 : 0;
}

static void check_and_spoil(int i)
{
    assert(full[i] == expected(i));
    assert(empty[i] == 0);
    full[i]++;
    empty[i]++;
}

static void *run(void *unused)
{
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, run, NULL);
    assert(small_before == 1 && small_after == 0);
    small_before = small_after = 5;
    for (int i = 0; i < SIZE; i += STEP) {
        check_and_spoil(i);
    }
    check_and_spoil(SIZE / 2);
    check_and_spoil(SIZE - 1);
    pthread_join(thread, NULL);
}
