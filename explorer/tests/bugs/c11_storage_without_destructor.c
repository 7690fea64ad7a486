// Broken: a thread keeps memory in C11's thread-specific storage, which was
// made without a destructor.
#include <stdlib.h>
#include <threads.h>

static tss_t buffer;
static once_flag once = ONCE_FLAG_INIT;

static void make(void)
{
    tss_create(&buffer, NULL);
}

static int work(void *unused)
{
    (void)unused;
    call_once(&once, make);
    tss_set(buffer, malloc(8));
    return tss_get(buffer) == NULL;
}

int main(void)
{
    thrd_t threads[2];
    int failed = 0;
    for (int i = 0; i < 2; i++) {
        thrd_create(&threads[i], work, NULL);
    }
    for (int i = 0; i < 2; i++) {
        int rc;
        thrd_join(threads[i], &rc);
        failed += rc;
    }
    tss_delete(buffer);
    return failed;
}
