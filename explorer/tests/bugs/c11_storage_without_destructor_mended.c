// Mended: the storage's destructor frees it when the thread ends.
#include <stdlib.h>
#include <threads.h>

static tss_t buffer;
static once_flag once = ONCE_FLAG_INIT;

static void make(void)
{
    tss_create(&buffer, free);
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
