// Where do tasks run? Each returns the number of its process.

#include <cfutures.h>
#include <stdio.h>
#include <unistd.h>

// [task]
static cf_value where(cf_value number)
{
    (void)number;
    return cf_int(getpid());
}
// [/task]

int main(void)
{
    // [main]
    const int numbers[] = {1, 2, 3};
    cf_with (pool, cf_process_pool(.max_workers = 2)) {
        cf_for (process, cf_map(pool, where, numbers, 3)) {
            bool is_this = cf_as_int(process) == getpid();
            puts(is_this ? "in this process" : "in another process");
        }
    }
    // [/main]
    return 0;
}
