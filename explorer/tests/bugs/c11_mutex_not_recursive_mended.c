// Mended: it is made recursive.
#include <threads.h>

static mtx_t lock;
static int depth;  // guarded by lock

static void visit(int left)
{
    mtx_lock(&lock);
    depth++;
    if (left > 0) {
        visit(left - 1);
    }
    mtx_unlock(&lock);
}

static int work(void *unused)
{
    (void)unused;
    visit(2);
    return 0;
}

int main(void)
{
    mtx_init(&lock, mtx_plain | mtx_recursive);
    thrd_t threads[2];
    thrd_create(&threads[0], work, NULL);
    thrd_create(&threads[1], work, NULL);
    thrd_join(threads[0], NULL);
    thrd_join(threads[1], NULL);
    mtx_destroy(&lock);
    return 0;
}
