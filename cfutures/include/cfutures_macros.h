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
#define CF_PROMISE_LABEL \
    "a promise, made at " __FILE__ ":" CF_STRING_OF(__LINE__)
// clang-format on

#define CF_CLOSED_AT_END_OF_SCOPE \
    __attribute__((cleanup(cf_close_at_end_of_scope)))

void cf_close_at_end_of_scope(cf_executor **pool);

#define CF_MAP_CLOSED_AT_END_OF_SCOPE \
    __attribute__((cleanup(cf_map_close_at_end_of_scope)))

void cf_map_close_at_end_of_scope(cf_map_iter **map);

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

cf_executor *
cf_process_pool_create(const struct cf_process_pool_options *options)
    __attribute__((returns_nonnull));

cf_future *cf_submit_value(cf_executor *pool, cf_task task, cf_value arg,
                           const char *label);
cf_future *cf_submit_value_with(cf_executor *pool, cf_context_task task,
                                cf_value context, cf_value arg,
                                const char *label);

cf_future *cf_after_value(cf_executor *pool, double seconds, cf_task task,
                          cf_value arg, const char *label);
cf_future *cf_after_value_with(cf_executor *pool, double seconds,
                               cf_context_task task, cf_value context,
                               cf_value arg, const char *label);

cf_future *cf_submit_value_within(cf_executor *pool, cf_task task, cf_value arg,
                                  double seconds, const char *label);
cf_future *cf_submit_value_within_with(cf_executor *pool, cf_context_task task,
                                       cf_value context, cf_value arg,
                                       double seconds, const char *label);
bool cf_execute_value(cf_executor *pool, cf_task task, cf_value arg,
                      const char *label);
bool cf_execute_value_with(cf_executor *pool, cf_context_task task,
                           cf_value context, cf_value arg, const char *label);
bool cf_set_context_value(cf_value value);

void cf_submit_values(cf_executor *pool, cf_task task, const cf_value *args,
                      size_t count, cf_future **futures, const char *label);
void cf_submit_values_with(cf_executor *pool, cf_context_task task,
                           cf_value context, const cf_value *args, size_t count,
                           cf_future **futures, const char *label);

#define CF_COMPLETED_CLOSED_AT_END_OF_SCOPE \
    __attribute__((cleanup(cf_completed_close_at_end_of_scope)))

void cf_completed_close_at_end_of_scope(struct cf_completed **completed);

bool cf_on_done_value(cf_future *future, cf_callback *callback,
                      cf_value context);

bool cf_set_result_value(cf_future *promise, cf_value result);
cf_future *cf_promise_create(cf_executor *pool, const char *label);

// How a continuation is linked to what comes before it.
enum cf_link { CF_THEN, CF_CATCH, CF_FINALLY };

cf_future *cf_chain(cf_future *head, cf_task task, enum cf_link kind,
                    const char *label);
cf_future *cf_chain_with(cf_future *head, cf_context_task task,
                         cf_value context, enum cf_link kind,
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
#define CF_AFTER_FOR(task)                                                \
    _Generic((task),                                                      \
        cf_task: cf_after_value,                                          \
        default: cf_after_WRONG_TASK_write_cf_value_NAME_cf_value_arg)
#define CF_AFTER_WITH_FOR(task)                                           \
    _Generic((task),                                                      \
        cf_context_task: cf_after_value_with,                             \
        default: cf_after_WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg)
#define CF_SUBMIT_WITHIN_FOR(task)                                        \
    _Generic((task),                                                      \
        cf_task: cf_submit_value_within,                                  \
        default: cf_submit_within_WRONG_TASK_write_cf_value_NAME_cf_value_arg)
#define CF_SUBMIT_WITHIN_WITH_FOR(task)                                   \
    _Generic((task),                                                      \
        cf_context_task: cf_submit_value_within_with,                     \
        default: cf_submit_within_WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg)
#define CF_EXECUTE_FOR(task)                                              \
    _Generic((task),                                                      \
        cf_task: cf_execute_value,                                        \
        default: cf_WRONG_TASK_write_cf_value_NAME_cf_value_arg)
#define CF_EXECUTE_WITH_FOR(task)                                         \
    _Generic((task),                                                      \
        cf_context_task: cf_execute_value_with,                           \
        default: cf_WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg)
#define CF_CHAIN(future, task, kind)                                      \
    _Generic((task),                                                      \
        cf_task: cf_chain,                                                \
        default: cf_then_WRONG_TASK_write_cf_value_NAME_cf_value_arg)     \
    ((future), (task), (kind), CF_TASK_LABEL(task))
#define CF_CHAIN_WITH(future, task, context, kind)                        \
    _Generic((task),                                                      \
        cf_context_task: cf_chain_with,                                   \
        default: cf_then_WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg) \
    ((future), (task), cf_value_of(context), (kind), CF_TASK_LABEL(task))
#define CF_SUBMIT_MANY_FOR(task)                                          \
    _Generic((task),                                                      \
        cf_task: cf_submit_values,                                        \
        default: cf_submit_many_WRONG_TASK_write_cf_value_NAME_cf_value_arg)
#define CF_SUBMIT_MANY_WITH_FOR(task)                                     \
    _Generic((task),                                                      \
        cf_context_task: cf_submit_values_with,                           \
        default: cf_submit_many_WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg)
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

// Where a map's items come from: an array, or a function.
struct cf_items {
    const void *array;
    size_t count;
    cf_value (*read)(const void *array, size_t index);
    cf_source *next;  // NULL: the array counts
    void *state;
};

struct cf_items cf_items_of_int(const void *array, size_t count);
struct cf_items cf_items_of_unsigned(const void *array, size_t count);
struct cf_items cf_items_of_long(const void *array, size_t count);
struct cf_items cf_items_of_unsigned_long(const void *array, size_t count);
struct cf_items cf_items_of_long_long(const void *array, size_t count);
struct cf_items cf_items_of_unsigned_long_long(const void *array, size_t count);
struct cf_items cf_items_of_float(const void *array, size_t count);
struct cf_items cf_items_of_double(const void *array, size_t count);
struct cf_items cf_items_of_text(const void *array, size_t count);
struct cf_items cf_items_of_value(const void *array, size_t count);
struct cf_items cf_items_from(cf_source *next, void *state);

// clang-format off
#define CF_ITEMS_OF(array, count)                                         \
    _Generic((array),                                                     \
        int *: cf_items_of_int, const int *: cf_items_of_int,             \
        unsigned *: cf_items_of_unsigned,                                 \
        const unsigned *: cf_items_of_unsigned,                           \
        long *: cf_items_of_long, const long *: cf_items_of_long,         \
        unsigned long *: cf_items_of_unsigned_long,                       \
        const unsigned long *: cf_items_of_unsigned_long,                 \
        long long *: cf_items_of_long_long,                               \
        const long long *: cf_items_of_long_long,                         \
        unsigned long long *: cf_items_of_unsigned_long_long,             \
        const unsigned long long *: cf_items_of_unsigned_long_long,       \
        float *: cf_items_of_float, const float *: cf_items_of_float,     \
        double *: cf_items_of_double, const double *: cf_items_of_double, \
        char **: cf_items_of_text, const char **: cf_items_of_text,       \
        char *const *: cf_items_of_text,                                  \
        const char *const *: cf_items_of_text,                            \
        cf_value *: cf_items_of_value,                                    \
        const cf_value *: cf_items_of_value,                              \
        default: cf_WRONG_ARRAY_give_numbers_or_texts_or_cf_values)       \
    ((array), ((struct cf_THE_NUMBER_OF_ITEMS_is_missing){count}).number)

// cf_map and its like add the options' size, so that there always are some.
// When the number of items is missing, the size stands in its place, and the
// compiler names this struct, which has no such member.
struct cf_THE_NUMBER_OF_ITEMS_is_missing {
    size_t number;
};
#define CF_MAP_SIZE .size = sizeof(struct cf_map_options)
#define CF_MAP_OPTIONS(...) (&(const struct cf_map_options){__VA_ARGS__})

#define CF_MAP_(pool, task, array, count, ...)                            \
    CF_MAP_FOR(task)((pool), (task), CF_ITEMS_OF(array, count),           \
                     CF_MAP_OPTIONS(__VA_ARGS__), CF_TASK_LABEL(task))
#define CF_MAP_WITH_(pool, task, context, array, count, ...)              \
    CF_MAP_WITH_FOR(task)((pool), (task), cf_value_of(context),           \
                          CF_ITEMS_OF(array, count),                      \
                          CF_MAP_OPTIONS(__VA_ARGS__), CF_TASK_LABEL(task))
#define CF_MAP_FROM_(pool, task, next, state, ...)                        \
    CF_MAP_FOR(task)((pool), (task), cf_items_from((next), (state)),      \
                     CF_MAP_OPTIONS(__VA_ARGS__), CF_TASK_LABEL(task))
#define CF_MAP_FROM_WITH_(pool, task, context, next, state, ...)          \
    CF_MAP_WITH_FOR(task)((pool), (task), cf_value_of(context),           \
                          cf_items_from((next), (state)),                 \
                          CF_MAP_OPTIONS(__VA_ARGS__), CF_TASK_LABEL(task))

#define CF_MAP_FOR(task)                                                  \
    _Generic((task),                                                      \
        cf_task: cf_map_items,                                            \
        default: cf_map_WRONG_TASK_write_cf_value_NAME_cf_value_arg)
#define CF_MAP_WITH_FOR(task)                                             \
    _Generic((task),                                                      \
        cf_context_task: cf_map_items_with,                               \
        default: cf_map_WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg)
// clang-format on

cf_map_iter *
cf_map_items(cf_executor *pool, cf_task task, struct cf_items items,
             const struct cf_map_options *options, const char *label)
    __attribute__((returns_nonnull, warn_unused_result));
cf_map_iter *cf_map_items_with(cf_executor *pool, cf_context_task task,
                               cf_value context, struct cf_items items,
                               const struct cf_map_options *options,
                               const char *label)
    __attribute__((returns_nonnull, warn_unused_result));

// Never defined: chosen when an argument has the wrong type, so that the
// compiler's error message names what to write instead. gcc quotes the
// function's name, clang that of the parameter's type.
struct cf_WRONG_ARGUMENT_write_cf_ptr_or_cf_struct_or_cf_bytes {
    int unused;
};
struct cf_WRONG_ARRAY_give_numbers_or_texts_or_cf_values {
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

cf_future *cf_then_WRONG_TASK_write_cf_value_NAME_cf_value_arg(
    cf_future *head, struct cf_WRONG_TASK_write_cf_value_NAME_cf_value_arg task,
    enum cf_link kind, const char *label);
cf_future *cf_then_WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg(
    cf_future *head,
    struct cf_WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg task,
    cf_value context, enum cf_link kind, const char *label);
struct cf_items cf_WRONG_ARRAY_give_numbers_or_texts_or_cf_values(
    struct cf_WRONG_ARRAY_give_numbers_or_texts_or_cf_values array,
    size_t count);
cf_future *cf_after_WRONG_TASK_write_cf_value_NAME_cf_value_arg(
    cf_executor *pool, double seconds,
    struct cf_WRONG_TASK_write_cf_value_NAME_cf_value_arg task, cf_value arg,
    const char *label);
cf_future *cf_after_WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg(
    cf_executor *pool, double seconds,
    struct cf_WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg task,
    cf_value context, cf_value arg, const char *label);

cf_future *cf_submit_within_WRONG_TASK_write_cf_value_NAME_cf_value_arg(
    cf_executor *pool,
    struct cf_WRONG_TASK_write_cf_value_NAME_cf_value_arg task, cf_value arg,
    double seconds, const char *label);
cf_future *
cf_submit_within_WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg(
    cf_executor *pool,
    struct cf_WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg task,
    cf_value context, cf_value arg, double seconds, const char *label);

void cf_submit_many_WRONG_TASK_write_cf_value_NAME_cf_value_arg(
    cf_executor *pool,
    struct cf_WRONG_TASK_write_cf_value_NAME_cf_value_arg task,
    const cf_value *args, size_t count, cf_future **futures, const char *label);
void cf_submit_many_WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg(
    cf_executor *pool,
    struct cf_WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg task,
    cf_value context, const cf_value *args, size_t count, cf_future **futures,
    const char *label);
cf_map_iter *cf_map_WRONG_TASK_write_cf_value_NAME_cf_value_arg(
    cf_executor *pool,
    struct cf_WRONG_TASK_write_cf_value_NAME_cf_value_arg task,
    struct cf_items items, const struct cf_map_options *options,
    const char *label);
cf_map_iter *
cf_map_WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg(
    cf_executor *pool,
    struct cf_WRONG_TASK_write_cf_value_NAME_cf_value_context_cf_value_arg task,
    cf_value context, struct cf_items items,
    const struct cf_map_options *options, const char *label);

#endif
