// The contract of exercise review_1/cheapest: find the bug.
//
// A tool that a household has used for months: it phones all shops at once, and
// says which is cheapest. Once in a while somebody paid more than they had to.

#ifndef CHEAPEST_H
#define CHEAPEST_H

enum { MOST_SHOPS = 5, NO_SHOP = -1 };

// Given to you (the tests bring their own):

// Phones a shop, which is slow, and returns its price; a negative number: the
// shop hasn't got it.
int price_at(int shop);

// Repaired by you. Asks the shops 0 to count - 1, which are MOST_SHOPS at most:
//   - price_at is called once for each, inside tasks of one pool, all at once;
//   - returns the shop with the lowest price; of several with the same price,
//     the one with the lowest number; NO_SHOP if none has got it;
//   - when it returns, the pool is closed.
int cheapest(int count);

#endif
