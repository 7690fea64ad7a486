// A variable with parts in parts; nothing happens to it.
#include <pthread.h>

struct inner {
    long numbers[2][3];
    pthread_mutex_t lock;
};
typedef struct {
    int number;
    const struct inner inner[2];
} outer;

static outer table[4];
static int plain;

int main(void)
{
    return table[0].number + plain;
}
