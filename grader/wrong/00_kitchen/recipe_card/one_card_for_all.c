// Keeps one card in a static variable, so the last one written counts.

#include "recipe_card.h"

static struct card the_card;

struct card card_write(recipe *how, int guests)
{
    the_card = (struct card){.how = how, .guests = guests};
    return the_card;
}

int card_cook(struct card card)
{
    (void)card;
    return the_card.how(the_card.guests);
}
