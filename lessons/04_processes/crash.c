// One of three pages crashes its task. The other two are read.

#include <cfutures.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

// [task]
static cf_value read_page(cf_value name)
{
    if (strcmp(cf_as_str(name), "page 2") == 0) {
        raise(SIGSEGV);  // stands for a bad pointer
    }
    return cf_format("%s has %d letters", cf_as_str(name), 900);
}
// [/task]

int main(void)
{
    const char *pages[] = {"page 1", "page 2", "page 3"};

    cf_with (pool, cf_process_pool(.max_workers = 1)) {
        // [loop]
        cf_for (result, cf_map(pool, read_page, pages, 3)) {
            if (!cf_failed(result)) {
                puts(cf_as_str(result));
            } else if (cf_as_error(result)->code == CF_EDIED) {
                puts("a page is lost: its worker died");
            }
        }
        // [/loop]
    }
    return 0;
}
