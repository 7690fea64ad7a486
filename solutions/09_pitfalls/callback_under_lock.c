// Solution of 09_pitfalls/callback_under_lock.

#include "callback_under_lock.h"

int board_init(struct board *board)
{
    board->cooking = 0;
    // Tempting: PTHREAD_MUTEX_RECURSIVE, which lets the same thread in again.
    // It still keeps all others out while the bell is rung, those too for whom
    // a listener waits.
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
    // Called with no lock held, because nobody knows what a listener does.
    // Tempting: to look at board->cooking here. Two dishes that are done at the
    // same time would both find 0, and both ring.
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
    pthread_mutex_lock(&board->lock);
    board->cooking++;
    pthread_mutex_unlock(&board->lock);
    // Counted first: if the dish is done already, on_done is called in the next
    // line, right here, and takes the lock. Tempting: to ask cf_done before,
    // and to register under the lock if it is not. It may be done a moment
    // later, with the lock still held.
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
