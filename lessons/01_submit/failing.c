// One of two tasks fails. Its error arrives where the result would have been,
// and the other task is none the worse for it.

#include <cfutures.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

// [task]
static cf_value greet_slowly(cf_value name)
{
    sleep(1);
    const char *text = cf_as_str(name);
    if (text[0] == '\0') {
        return cf_fail(EINVAL, "a guest without a name");
    }
    return cf_format("Hello, %s!", text);
}
// [/task]

// [show]
static void show(cf_future *greeting)
{
    const cf_error *error = cf_exception(greeting);
    if (error != NULL) {
        printf("failed: %s\n", error->message);
    } else {
        puts(cf_as_str(cf_result(greeting)));
    }
}
// [/show]

int main(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *nobody = cf_submit(pool, greet_slowly, "");
        cf_future *ada = cf_submit(pool, greet_slowly, "Ada");
        show(nobody);
        show(ada);
    }
    return 0;
}
