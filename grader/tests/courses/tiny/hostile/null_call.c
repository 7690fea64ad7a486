// Calls a function by a member that was never set.

#include "twice.h"

struct rule {
    int (*apply)(int number);
};

static struct rule rule;

int twice(int number)
{
    return rule.apply(number);
}
