// Two threads multiply two SIZE x SIZE matrices, each half of the rows: both
// read the same memory, by rows and by columns, and write what is theirs.

#include <pthread.h>

enum { HALF = SIZE / 2 };

static double left[SIZE][SIZE], right[SIZE][SIZE], product[SIZE][SIZE];

static void *multiply(void *first_row)
{
    for (long i = (long)first_row; i < (long)first_row + HALF; i++) {
        for (int j = 0; j < SIZE; j++) {
            product[i][j] = 0;
            for (int k = 0; k < SIZE; k++) {
                product[i][j] += left[i][k] * right[k][j];
            }
        }
    }
    return NULL;
}

int main(void)
{
    for (int i = 0; i < SIZE; i++) {
        left[i][i] = right[i][i] = i;
    }
    pthread_t other;
    pthread_create(&other, NULL, multiply, (void *)(long)HALF);
    multiply((void *)0);
    pthread_join(other, NULL);
}
