// Takes a text for a number, which cfutures does not let pass.

#include <cfutures.h>

void deed(void);

void deed(void)
{
    (void)cf_as_int(cf_str("seven"));
}
