// Asks once more, after the lock was given back, whether anything cooks. Two
// dishes that are done at the same time both find nothing.
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
    pthread_mutex_unlock(&board->lock);
    if (board_cooking(board) == 0) {
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
