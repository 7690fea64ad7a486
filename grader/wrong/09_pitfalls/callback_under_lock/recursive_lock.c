// The lock is recursive, so nobody who holds it waits for himself. All others
// wait as before, as long as the bell is rung.
#include "callback_under_lock.h"

int board_init(struct board *board)
{
    board->cooking = 0;
    pthread_mutexattr_t recursive;
    int rc = pthread_mutexattr_init(&recursive);
    if (rc != 0) {
        return rc;
    }
    pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
    rc = pthread_mutex_init(&board->lock, &recursive);
    pthread_mutexattr_destroy(&recursive);
    return rc;
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
    if (board->cooking == 0) {
        ring(board);
    }
    pthread_mutex_unlock(&board->lock);
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
