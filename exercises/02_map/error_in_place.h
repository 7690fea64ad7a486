// The contract of exercise 02_map/error_in_place: parcels on the scales.
//
// Each parcel gets a slip with its weight. Some are too heavy for the scales:
// their slips say so, and all other slips lie where they belong.

#ifndef ERROR_IN_PLACE_H
#define ERROR_IN_PLACE_H

#include <cfutures.h>
#include <stddef.h>
#include <stdint.h>

enum { MOST_PARCELS = 5 };

struct slip {
    int64_t grams;     // 0 if it was not weighed
    char problem[64];  // why not (names are short, so it fits); empty if it was
};

// Given to you (the tests bring their own):

// Puts a parcel on the scales and waits, which is slow. Returns its weight in
// grams, or 0: too heavy.
int64_t put_on_scales(const char *parcel);

// Written by you:

// A task. Takes a parcel, as a text, and puts it on the scales. Returns the
// grams as a number; or the error ERANGE with the message "too heavy: PARCEL".
cf_value weigh(cf_value parcel);

// Weighs 0 to MOST_PARCELS parcels, all at once, on one pool. slips[i] says
// what came of parcels[i]: its grams, or the message of its error. Slips behind
// the last parcel stay as they are. Returns the grams of all that were weighed,
// together. When it returns, the pool is closed.
int64_t weigh_all(const char *parcels[], size_t count, struct slip slips[]);

#endif
