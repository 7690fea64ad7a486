// Two cooks are two threads. Each says what is ready; then main serves. Which
// outputs can happen?

#include <pthread.h>
#include <stdio.h>

// What a thread runs. It gets one pointer and gives one back.
static void *cook(void *dish)
{
    printf("%s\n", (const char *)dish);
    return NULL;
}

int main(void)
{
    // [start]
    char soup[] = "soup", stew[] = "stew";
    pthread_t ada, ben;
    if (pthread_create(&ada, NULL, cook, soup) != 0) {
        return 1;  // nobody was hired, so there is nobody to wait for
    }
    const int no_ben = pthread_create(&ben, NULL, cook, stew);
    pthread_join(ada, NULL);
    if (no_ben == 0) {
        pthread_join(ben, NULL);
    }
    printf("served\n");
    // [/start]
    return 0;
}
