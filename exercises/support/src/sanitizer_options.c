// The options under which the sanitizers run here. Each runtime asks for them
// before main, by calling these functions. The environment can add to them.

#include "sanitizer_options.h"
#include "sanitizer_flavour.h"

#ifdef HAS_ADDRESS_SANITIZER

// detect_stack_use_after_return: a pointer to a local variable that is no more
//     is a mistake that this workbook is about.
// detect_leaks=0 at exit: leaks are looked for when a test has ended, and only
//     then.
const char *__asan_default_options(void)
{
    return "detect_stack_use_after_return=1:detect_leaks=1:leak_check_at_exit=0"
           ":halt_on_error=1:abort_on_error=0:handle_abort=0"
           ":allocator_may_return_null=1:exitcode=" SANITIZER_STATUS_TEXT;
}

const char *__lsan_default_options(void)
{
    return "print_suppressions=0:exitcode=" SANITIZER_STATUS_TEXT;
}

const char *__ubsan_default_options(void)
{
    return "halt_on_error=1:print_stacktrace=0:exitcode=" SANITIZER_STATUS_TEXT;
}

#endif

#ifdef HAS_THREAD_SANITIZER

const char *__tsan_default_options(void)
{
    return "halt_on_error=1:second_deadlock_stack=1"
           ":exitcode=" SANITIZER_STATUS_TEXT;
}

#endif
