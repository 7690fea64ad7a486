// Three threads work on an array, each on its third, and meet; then each works
// on the third of its neighbour. Hardly any switch point, much memory. Compile
// with -DELEMENTS=N (a multiple of 3) and one of the patterns below, say
// -DFILL.

#include <pthread.h>
#include <stdlib.h>

enum { THREADS = 3, PART = ELEMENTS / THREADS };

typedef int element;
static pthread_barrier_t meeting;
static element *array, *copy;

#if defined FILL  // written and read, one after the other
static void touch(element *part)
{
    for (int i = 0; i < PART; i++) {
        part[i] = i;
    }
    for (int i = 1; i < PART; i++) {
        part[i] += part[i - 1];
    }
}
#elif defined COPY     // from one array to another and back
static void touch(element *part)
{
    element *other = copy + (part - array);
    for (int i = 0; i < PART; i++) {
        other[i] = part[i];
    }
    for (int i = 0; i < PART; i++) {
        part[i] = other[PART - 1 - i];
    }
}
#elif defined SCATTER  // all over the part: no two accesses are neighbours
static void touch(element *part)
{
    unsigned at = 1;
    for (int i = 0; i < PART; i++) {
        at = at * 1664525U + 1013904223U;
        part[(at >> 8) % PART]++;
    }
}
#elif defined SORT     // the same elements again and again (Shell sort)
static void touch(element *part)
{
    for (int i = 0; i < PART; i++) {
        part[i] = (int)(i * 7919U % 1009U);
    }
    for (int gap = PART / 2; gap > 0; gap /= 2) {
        for (int i = gap; i < PART; i++) {
            element moved = part[i];
            int j = i;
            for (; j >= gap && part[j - gap] > moved; j -= gap) {
                part[j] = part[j - gap];
            }
            part[j] = moved;
        }
    }
}
#endif

static void *run(void *number)
{
    int me = (int)(long)number;
    touch(array + me * PART);
    pthread_barrier_wait(&meeting);
    touch(array + (me + 1) % THREADS * PART);
    return NULL;
}

int main(void)
{
    array = calloc(ELEMENTS, sizeof *array);
    copy = calloc(ELEMENTS, sizeof *copy);
    pthread_barrier_init(&meeting, NULL, THREADS);
    pthread_t thread[THREADS];
    for (long i = 0; i < THREADS; i++) {
        pthread_create(&thread[i], NULL, run, (void *)i);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(thread[i], NULL);
    }
    pthread_barrier_destroy(&meeting);
    free(copy);
    free(array);
}
