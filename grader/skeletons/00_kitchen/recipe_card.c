// Exercise 00_kitchen/recipe_card. The contract is in recipe_card.h; the
// lesson's self-check has a function that is passed to another.

#include "recipe_card.h"

struct card card_write(recipe *how, int guests)
{
    // TODO: This cooks at once. Which two things does a card hold, so that
    // somebody else can cook later?
    how(guests);
    return (struct card){0};
}

int card_cook(struct card card)
{
    // TODO: How do you call a function when all you have is a pointer to it?
    return card.guests;
}
