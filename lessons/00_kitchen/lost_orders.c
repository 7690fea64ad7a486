// Ada takes 5 for a soup and Ben takes 7 for a stew, at one till. Putting
// money in takes two steps: read the till, then write the sum. Two threads are
// free to take these steps in any of six orders. There are no threads here:
// the program plays the one order that you ask for, so that you can watch it.
//
//     lost_orders [ORDER]    A: Ada reads   a: Ada writes
//                            B: Ben reads   b: Ben writes

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct cook {
    int column;  // of the table that is printed
    int price;
    int seen;  // what the till held when this cook read it
};

static bool is_possible(const char *order)
{
    const char *const orders[] = {"AaBb", "ABab", "ABba",
                                  "BAab", "BAba", "BbAa"};
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        if (strcmp(order, orders[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void take_step(char step, struct cook *cook, int *till)
{
    if (step == 'A' || step == 'B') {
        cook->seen = *till;
        printf("%*sreads %d\n", cook->column, "", cook->seen);
    } else {
        *till = cook->seen + cook->price;
        printf("%*swrites %d\n", cook->column, "", *till);
    }
}

int main(int argc, char *argv[])
{
    const char *order = argc > 1 ? argv[1] : "ABab";
    if (!is_possible(order)) {
        fprintf(stderr, "%s can't happen: A before a, B before b\n", order);
        return 2;
    }
    struct cook ada = {.column = 0, .price = 5};
    struct cook ben = {.column = 12, .price = 7};
    int till = 0;
    printf("%-12s%s\n", "Ada", "Ben");
    for (const char *step = order; *step != '\0'; step++) {
        take_step(*step, strchr("Aa", *step) != NULL ? &ada : &ben, &till);
    }
    printf("paid: 12, in the till: %d\n", till);
    return 0;
}
