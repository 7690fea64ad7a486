// See process_support.h.

#include "process_support.h"

#include "support.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

cf_value own_pid(cf_value unused)
{
    (void)unused;
    return cf_int(getpid());
}

cf_value parent_pid(cf_value unused)
{
    (void)unused;
    return cf_int(getppid());
}

int64_t int_of(cf_executor *pool, cf_task task)
{
    return cf_as_int(cf_result(cf_submit(pool, task, cf_none())));
}

void check_death(const cf_error *error, const char *text)
{
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT_EQUAL(error->code, CF_EDIED);
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, text));
}

int descriptors_in_use(void)
{
    int count = 0;
    DIR *list = opendir("/proc/self/fd");
    while (readdir(list) != NULL) {
        count++;
    }
    closedir(list);
    return count;
}
