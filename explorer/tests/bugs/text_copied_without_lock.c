// Broken: one thread copies a text with strcpy while another measures it.
#include <pthread.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char title[32] = "soup";  // guarded by lock

static void *rename_dish(void *unused)
{
    pthread_mutex_lock(&lock);
    strcpy(title, "soup of the day");
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, rename_dish, NULL);
    size_t length = strlen(title);
    pthread_join(thread, NULL);
    return length == 4 || length == 15 ? 0 : 1;
}
