#include "together.h"

void visit_both(void)
{
    // TODO: submit both visits.
}
