// Six threads read, one after the other, then main writes. It has joined all
// but the first one: those two are not ordered, whatever the schedule.

#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

enum { READERS = 6 };

static int value;

static void *read_it(void *number)
{
    sleep((unsigned)(size_t)number);  // an order that nothing is told of
    return value == 0 ? NULL : number;
}

int main(void)
{
    pthread_t reader[READERS];
    for (size_t i = 0; i < READERS; i++) {
        pthread_create(&reader[i], NULL, read_it, (void *)i);
    }
    for (size_t i = 1; i < READERS; i++) {
        pthread_join(reader[i], NULL);
    }
    value = 1;
    pthread_join(reader[0], NULL);
}
