// Broken: strtok remembers the text that it is at in one place for all threads.
#include <assert.h>
#include <pthread.h>
#include <string.h>

static void *count_words(void *text)
{
    size_t count = 0;
    for (char *word = strtok(text, " "); word != NULL;
         word = strtok(NULL, " ")) {
        count++;
    }
    return (void *)count;
}

int main(void)
{
    char texts[2][16] = {"one two three", "four five six"};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++) {
        pthread_create(&threads[i], NULL, count_words, texts[i]);
    }
    for (int i = 0; i < 2; i++) {
        void *count;
        pthread_join(threads[i], &count);
        assert((size_t)count == 3);
    }
    return 0;
}
