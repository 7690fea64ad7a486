// Ends the thread of the test, but not the program.

#include <pthread.h>

void deed(void);

void deed(void)
{
    pthread_exit(NULL);
}
