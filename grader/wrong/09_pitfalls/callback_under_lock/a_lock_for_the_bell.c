// The bell has a lock of its own, so that it is rung by one at a time. A listener
// who lets a dish be watched that is done rings it again.

#include "callback_under_lock.h"

static pthread_mutex_t bell = PTHREAD_MUTEX_INITIALIZER;

int board_init(struct board *board)
{
    board->cooking = 0;
    return pthread_mutex_init(&board->lock, NULL);
}

int board_cooking(struct board *board)
{
    pthread_mutex_lock(&board->lock);
    const int cooking = board->cooking;
    pthread_mutex_unlock(&board->lock);
    return cooking;
}

static void dish_is_over(struct board *board)
{
    pthread_mutex_lock(&board->lock);
    board->cooking--;
    const bool is_last = board->cooking == 0;
    pthread_mutex_unlock(&board->lock);
    if (is_last) {
        pthread_mutex_lock(&bell);
        ring(board);
        pthread_mutex_unlock(&bell);
    }
}

static void on_done(cf_future *dish, cf_value context)
{
    (void)dish;
    dish_is_over(cf_as_ptr(context));
}

bool board_watch(struct board *board, cf_future *dish)
{
    pthread_mutex_lock(&board->lock);
    board->cooking++;
    pthread_mutex_unlock(&board->lock);
    const bool is_watched = cf_on_done(dish, on_done, cf_ptr(board));
    if (!is_watched) {
        dish_is_over(board);
    }
    return is_watched;
}

void board_deinit(struct board *board)
{
    pthread_mutex_destroy(&board->lock);
}
