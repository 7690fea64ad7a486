// Without the lock nobody waits for it; and nobody is kept apart.
#include "callback_under_lock.h"

int board_init(struct board *board)
{
    board->cooking = 0;
    return pthread_mutex_init(&board->lock, NULL);
}

int board_cooking(struct board *board)
{
    return board->cooking;
}

static void dish_is_over(struct board *board)
{
    board->cooking--;
    if (board->cooking == 0) {
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
    board->cooking++;
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
