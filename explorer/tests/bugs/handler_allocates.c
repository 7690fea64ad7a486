// Broken: a signal handler puts a note into a list, with malloc. The signal may
// come while its thread is in malloc itself.
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

struct note {
    struct note *next;
};
static struct note *notes;

static void take_note(int number)
{
    (void)number;
    struct note *note = malloc(sizeof *note);
    if (note != NULL) {
        note->next = notes;
        notes = note;
    }
}

static void *nudge(void *main_thread)
{
    pthread_kill(*(pthread_t *)main_thread, SIGUSR1);
    return NULL;
}

int main(void)
{
    signal(SIGUSR1, take_note);
    pthread_t self = pthread_self(), thread;
    pthread_create(&thread, NULL, nudge, &self);
    void *work = malloc(100);
    free(work);
    pthread_join(thread, NULL);
    while (notes != NULL) {
        struct note *next = notes->next;
        free(notes);
        notes = next;
    }
    return 0;
}
