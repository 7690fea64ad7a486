// Writes on paper from malloc, and nobody throws the paper away.

#include "recipe_card.h"

#include <stdlib.h>

struct card card_write(recipe *how, int guests)
{
    struct card *paper = malloc(sizeof *paper);
    if (paper == NULL) {
        abort();
    }
    paper->how = how;
    paper->guests = guests;
    return *paper;
}

int card_cook(struct card card)
{
    return card.how(card.guests);
}
