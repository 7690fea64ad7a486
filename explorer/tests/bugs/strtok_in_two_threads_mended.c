// Mended: strtok_r remembers where its caller says.
#include <assert.h>
#include <pthread.h>
#include <string.h>

static void *count_words(void *text)
{
    size_t count = 0;
    char *at;
    for (char *word = strtok_r(text, " ", &at); word != NULL;
         word = strtok_r(NULL, " ", &at)) {
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
