// What the macros of cfutures.h are made of. Included by it, and by nobody
// else; not for reading at first, and nothing here is called by hand.

#ifndef CFUTURES_MACROS_H
#define CFUTURES_MACROS_H

#ifndef CFUTURES_H
#error "include <cfutures.h>, not <cfutures_macros.h>"
#endif

// Where a value was asked for, or an error made.
typedef struct cf_place {
    const char *file;
    const char *function;
    int line;
} cf_place;

#define CF_HERE ((cf_place){__FILE__, __func__, __LINE__})

#define CF_STRING_OF(x) CF_STRING_OF_(x)
#define CF_STRING_OF_(x) #x

// A name that differs from line to line, so that nested blocks don't shadow.
#define CF_UNIQUE_NAME(name) CF_JOIN(name, __LINE__)
#define CF_JOIN(a, b) CF_JOIN_(a, b)
#define CF_JOIN_(a, b) a##_##b

// How reports name a task: "greet, submitted at greeter.c:12".
// clang-format off
#define CF_TASK_LABEL(task) \
    #task ", submitted at " __FILE__ ":" CF_STRING_OF(__LINE__)
// clang-format on

#define CF_CLOSED_AT_END_OF_SCOPE \
    __attribute__((cleanup(cf_close_at_end_of_scope)))

void cf_close_at_end_of_scope(cf_executor **pool);

// The accessors.
int64_t cf_as_int_at(cf_value value, cf_place place);
double cf_as_double_at(cf_value value, cf_place place);
const char *cf_as_str_at(cf_value value, cf_place place);
const void *cf_as_bytes_at(cf_value value, cf_place place);
void *cf_as_ptr_at(cf_value value, cf_place place);
const void *cf_as_struct_at(cf_value value, size_t size, cf_place place);

cf_value cf_fail_at(cf_place place, int code, const char *format, ...)
    CF_PRINTF_LIKE(3, 4);
cf_value cf_fail_because_at(cf_place place, cf_value cause, int code,
                            const char *format, ...) CF_PRINTF_LIKE(4, 5);

cf_executor *cf_thread_pool_create(const struct cf_thread_pool_options *options)
    __attribute__((returns_nonnull));

cf_future *cf_submit_value(cf_executor *pool, cf_task task, cf_value arg,
                           const char *label);
cf_future *cf_submit_value_with(cf_executor *pool, cf_context_task task,
                                cf_value context, cf_value arg,
                                const char *label);

// The function that submits a task of this type; for any other type, one that
// does not exist, see below.
// clang-format off
#define CF_SUBMIT_FOR(task)                                               \
    _Generic((task),                                                      \
        cf_task: cf_submit_value,                                         \
        default: cf_WRONG_TASK_write_cf_value_NAME_cf_value_arg)
#define CF_SUBMIT_WITH_FOR(task)                                          \
    _Generic((task),                                                      \
        cf_context_task: cf_submit_value_with,                            \
        default: cf_WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg)
// clang-format on

// A value from whatever arguments are written as: numbers, texts and values.
// clang-format off
#define cf_value_of(x)                                                    \
    _Generic((x),                                                         \
        cf_value: cf_value_itself,                                        \
        bool: cf_int, char: cf_int, signed char: cf_int, short: cf_int,   \
        int: cf_int, long: cf_int, long long: cf_int,                     \
        unsigned char: cf_int, unsigned short: cf_int,                    \
        unsigned: cf_unsigned, unsigned long: cf_unsigned,                \
        unsigned long long: cf_unsigned,                                  \
        float: cf_double, double: cf_double,                              \
        char *: cf_str, const char *: cf_str,                             \
        default: cf_WRONG_ARGUMENT_write_cf_ptr_or_cf_struct_or_cf_bytes)(x)
// clang-format on

cf_value cf_value_itself(cf_value value);

// Never defined: chosen when an argument has the wrong type, so that the
// compiler's error message names what to write instead. gcc quotes the
// function's name, clang that of the parameter's type.
struct cf_WRONG_ARGUMENT_write_cf_ptr_or_cf_struct_or_cf_bytes {
    int unused;
};
struct cf_WRONG_TASK_write_cf_value_NAME_cf_value_arg {
    int unused;
};
struct cf_WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg {
    int unused;
};
cf_value cf_WRONG_ARGUMENT_write_cf_ptr_or_cf_struct_or_cf_bytes(
    struct cf_WRONG_ARGUMENT_write_cf_ptr_or_cf_struct_or_cf_bytes argument);
cf_future *cf_WRONG_TASK_write_cf_value_NAME_cf_value_arg(
    cf_executor *pool,
    struct cf_WRONG_TASK_write_cf_value_NAME_cf_value_arg task, cf_value arg,
    const char *label);
cf_future *cf_WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg(
    cf_executor *pool,
    struct cf_WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg task,
    cf_value context, cf_value arg, const char *label);

#endif
