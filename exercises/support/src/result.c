#include "result.h"

#include <stdlib.h>

void result_clear(struct result *result)
{
    for (size_t i = 0; i < result->failures_count; i++) {
        free(result->failures[i].file);
        free(result->failures[i].message);
    }
    free(result->failures);
    buffer_clear(&result->message);
    buffer_clear(&result->output);
    *result = (struct result){0};
}

const char *verdict_name(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_PASSED:
        return "passed";
    case VERDICT_FAILED:
        return "failed";
    case VERDICT_CRASHED:
        return "crashed";
    case VERDICT_EXITED:
        return "exited";
    case VERDICT_TIMED_OUT:
        return "timed_out";
    case VERDICT_LEFT_PROCESS:
        return "left_process";
    case VERDICT_NOT_LOADED:
        return "not_loaded";
    case VERDICT_FLOODED:
        return "flooded";
    case VERDICT_SANITIZER:
        return "sanitizer";
    }
    return "unknown";
}
