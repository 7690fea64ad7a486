// The contract of exercise 00_kitchen/recipe_card: write now, cook later.
//
// A card says what is to be cooked: a recipe, which is a function, and for how
// many guests. Writing a card cooks nothing. Whoever holds the card may cook
// it, later, elsewhere and more than once, without knowing the recipe.
//
//     struct card card = card_write(soup, 4);   // paper
//     int minutes = card_cook(card);            // soup(4) runs now

#ifndef RECIPE_CARD_H
#define RECIPE_CARD_H

// A recipe: gets a number of guests, and gives back the minutes that cooking
// for them took. `recipe *` is a pointer to such a function.
typedef int recipe(int guests);

struct card {
    recipe *how;
    int guests;
};

// Both are written by you.

// Returns a card for this recipe and this many guests. Calls nothing.
struct card card_write(recipe *how, int guests);

// Calls the card's recipe, once, with the card's number of guests, and returns
// what the recipe gives back.
int card_cook(struct card card);

#endif
