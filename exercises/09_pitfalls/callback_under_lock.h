// The contract of exercise 09_pitfalls/callback_under_lock: who is called may
// need the lock.
//
// The board of a kitchen counts what cooks, under a lock. It calls others: the
// library, to be told when a dish is done, and whoever listens to the bell.

#ifndef CALLBACK_UNDER_LOCK_H
#define CALLBACK_UNDER_LOCK_H

#include <cfutures.h>
#include <pthread.h>
#include <stdbool.h>

struct board {
    pthread_mutex_t lock;
    // lock guards:
    int cooking;  // dishes that are watched and not done
};

// Given to you (the tests bring their own):

// Rings the bell. What the listeners do is their business: they may ask the
// board, let it watch another dish, or wait for another thread that does so.
void ring(struct board *board);

// Written by you, and two of them wrong so far. Except for the first and the
// last, any thread may call them at any time, also while the bell is rung.

// Makes a board without dishes. Returns 0, or pthread's error number.
int board_init(struct board *board);

// How many dishes are watched and not done?
int board_cooking(struct board *board);

// Watches a dish until it is done; which it may be already. Does not wait for
// it. Each time that the last dish which was watched is done, the bell is rung,
// once, on whatever thread that is. When it rings, the dish no longer counts as
// cooking. False: there was no memory, and the dish counts as done.
bool board_watch(struct board *board, cf_future *dish);

// Call it when nothing is watched any more.
void board_deinit(struct board *board);

#endif
