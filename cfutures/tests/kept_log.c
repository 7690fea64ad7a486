// See kept_log.h.

#include "kept_log.h"

#include <cfutures.h>

#include "support.h"

#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char report_kept[4096];  // guarded by the lock

static void keep(const char *report)
{
    pthread_mutex_lock(&lock);
    snprintf(report_kept, sizeof report_kept, "%s", report);
    pthread_mutex_unlock(&lock);
}

void log_begin(void)
{
    report_kept[0] = '\0';
    CU_ASSERT_PTR_NOT_NULL(cf_on_log(keep));
}

void log_end(void)
{
    CU_ASSERT_PTR_EQUAL(cf_on_log(NULL), keep);
}

const char *logged(void)
{
    return report_kept;
}
