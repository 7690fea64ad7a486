// Ten lines of C. Whoever can say what they print, and why, is ready for the
// workbook.

#include <stdio.h>
#include <stdlib.h>

struct dish {
    const char *name;
    int price;
};

static int twice(int price)
{
    return 2 * price;
}

static void reprice(struct dish *dish, int (*rule)(int))
{
    dish->price = rule(dish->price);
}

int main(void)
{
    // [check]
    struct dish menu[] = {{"soup", 4}, {"stew", 9}};
    struct dish copy = menu[0];       // the same dish, or another?
    struct dish *second = menu + 1;   // which dish?
    reprice(&menu[0], twice);         // what is passed, without ()?
    const char *name = second->name;  // may name[0] be changed?
    struct dish *kept = malloc(sizeof *kept);
    if (kept != NULL) {
        *kept = *second;
        printf("%d %d %s %d\n", copy.price, menu[0].price, name, kept->price);
    }
    free(kept);  // and without this line?
    // [/check]
    return 0;
}
