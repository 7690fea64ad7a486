// Exercise 01_submit/failed_task. The contract is in failed_task.h; the
// lesson's section "An error is a value" has the calls.

#include "failed_task.h"

#include <errno.h>

cf_value visit(cf_value name)
{
    // TODO: What does a task return when the door stays shut, so that its
    // caller cannot take it for a greeting?
    (void)name;  // keeps the compiler quiet; remove it
    return cf_none();
}

int visit_all(const char *names[], int count)
{
    // TODO: Before you read a future's result as a text, what do you have to
    // know? And when is it too early to ask?
    (void)names;  // remove both lines
    (void)count;
    return 0;
}
