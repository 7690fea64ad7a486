// A dish that is done is not registered; one that is not may be done a moment
// later, and then its callback is called under the lock.
#include "callback_under_lock.h"

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
        ring(board);
    }
}

static void on_done(cf_future *dish, cf_value context)
{
    (void)dish;
    dish_is_over(cf_as_ptr(context));
}

bool board_watch(struct board *board, cf_future *dish)
{
    if (cf_done(dish)) {
        pthread_mutex_lock(&board->lock);
        board->cooking++;
        pthread_mutex_unlock(&board->lock);
        dish_is_over(board);
        return true;
    }
    pthread_mutex_lock(&board->lock);
    board->cooking++;
    const bool is_watched = cf_on_done(dish, on_done, cf_ptr(board));
    pthread_mutex_unlock(&board->lock);
    if (!is_watched) {
        dish_is_over(board);
    }
    return is_watched;
}

void board_deinit(struct board *board)
{
    pthread_mutex_destroy(&board->lock);
}
