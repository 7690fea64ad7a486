// The contract of exercise 04_processes/lost_global: all stars of a night, from
// many pictures.

#ifndef LOST_GLOBAL_H
#define LOST_GLOBAL_H

#include <cfutures.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORKERS = 2 };

// Given to you (the tests bring their own):

// Looks at one point of a picture, and takes its time. It may crash; so it is
// called by a pool of processes.
bool is_star(char point);

// Written by you:

// A task. Takes a picture, as a text of points, and asks is_star for each.
// Returns how many of them are stars, as a number: those of this picture alone,
// whatever was counted before.
cf_value count_stars(cf_value picture);

// Counts the stars of `count` pictures, of which there may be none:
//   - one task count_stars for each, all on one pool of WORKERS processes, and
//     all are handed over before you wait for the first;
//   - returns the number of all their stars together, the second time it is
//     called, too;
//   - when it returns, the pool is closed.
int64_t stars_in(const char *pictures[], size_t count);

#endif
