// The contract of exercise 02_map/chunks: a drawer full of seeds.
//
// Most seeds are weighed in no time, so a task for each would keep the pool
// busy with handing over. One task for all would keep one worker busy, and the
// others would watch. What lies between is up to you.

#ifndef CHUNKS_H
#define CHUNKS_H

#include <cfutures.h>
#include <stddef.h>
#include <stdint.h>

enum { WORKERS = 4, MOST_TASKS = 16 };

// Given to you (the tests bring their own):

// A task: takes the number of a seed and returns its milligrams, as numbers.
// Some seeds take long, and these often lie side by side in the drawer.
cf_value weigh_seed(cf_value seed);

// Written by you. Weighs the seeds, however many, on one pool of WORKERS
// workers:
//   - milligrams[i] is what weigh_seed returned for seeds[i];
//   - the pool gets at most MOST_TASKS tasks;
//   - no task has more seeds than that demands, so that workers which are done
//     with easy ones find something left to do;
//   - when it returns, the pool is closed.
void weigh_seeds(const int seeds[], size_t count, int64_t milligrams[]);

#endif
