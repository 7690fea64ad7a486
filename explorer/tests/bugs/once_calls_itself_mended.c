// Mended: the initialiser uses the plain function below it.
#include <pthread.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int setting;

static int get_setting(void);

static void initialise(void)
{
    setting = 5;
    setting += setting;
}

static int get_setting(void)
{
    pthread_once(&once, initialise);
    return setting;
}

static void *use(void *unused)
{
    (void)get_setting();
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, use, NULL);
    pthread_join(thread, NULL);
    return get_setting() == 10 ? 0 : 1;
}
