// Tests of 09_pitfalls/dangling_argument. They bring the guests, the kitchen
// and the camera, and play the caller.
//
// What a task finds at an address must not be luck. So cook and print_photo
// read at the end of their work, and gates keep them at work until it is
// decided what the caller has done by then.

#include "dangling_argument.h"

#include "wb_test.h"

#include <cfutures_testing.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct wb_gate busy;  // for one more than comes: opens when all wait
static atomic_bool has_returned;  // begin_orders, or begin_print
static atomic_int waited_for;
static atomic_int outside_of_tasks;

static void be_busy(void)
{
    wb_gate_enter(&busy);
    waited_for += !has_returned;
    outside_of_tasks += !cf_test_in_task();
}

// ----- the guests and the kitchen -----

static const struct order evening[MOST_ORDERS] = {
    {1, 2, "soup"}, {2, 4, "pie"}, {3, 1, "salad"}, {4, 3, "roast"}};

static int next_order, end_of_orders;
static atomic_int cooked;

// The waiter's last look around, when there are no more orders; and the cooks,
// who read the orders meanwhile.
static bool looks_around;
static struct wb_gate all_here, all_read;

bool take_order(struct order *order)
{
    if (next_order < end_of_orders) {
        *order = evening[next_order++];
        return true;
    }
    if (looks_around) {
        wb_gate_enter(&all_here);
        wb_gate_enter(&all_read);
    }
    return false;
}

static bool is_ordered(const struct order *order)
{
    for (int i = 0; i < MOST_ORDERS; i++) {
        if (order->table == evening[i].table &&
            order->portions == evening[i].portions &&
            strncmp(order->dish, evening[i].dish, sizeof order->dish) == 0) {
            return true;
        }
    }
    return false;
}

static cf_value plate_of(const struct order *order)
{
    if (!is_ordered(order)) {
        return cf_format("something that nobody ordered");
    }
    return cf_format("%d x %s for table %d", order->portions, order->dish,
                     order->table);
}

cf_value cook(const struct order *order)
{
    cooked++;
    if (!looks_around) {
        be_busy();
        return plate_of(order);
    }
    wb_gate_enter(&all_here);
    const cf_value plate = plate_of(order);
    wb_gate_enter(&all_read);
    return plate;
}

// Has the orders from `first` to `end` of the evening taken.
static int take_orders(cf_executor *pool, int first, int end,
                       cf_future *plates[])
{
    next_order = first;
    end_of_orders = end;
    has_returned = false;
    const int portions = begin_orders(pool, plates);
    has_returned = true;
    return portions;
}

static void check_plate(cf_future *future, const struct order *order)
{
    const cf_value plate = cf_result(future);
    WB_CHECK(strcmp(cf_kind_name(plate), "text") == 0,
             "The result of a task is a value of the kind \"%s\"; the plate, a "
             "text, was expected",
             cf_kind_name(plate));
    char expected[64];
    snprintf(expected, sizeof expected, "%d x %s for table %d", order->portions,
             order->dish, order->table);
    WB_CHECK(strcmp(cf_as_str(plate), expected) == 0,
             "The order was %s. Its task found something else where its "
             "argument points to, and cooked %s. What has happened there since "
             "the task was submitted?",
             expected, cf_as_str(plate));
}

// What a caller does anyway: calls other functions, whose variables lie where
// those of begin_orders were.
static void __attribute__((noinline)) go_on_with_other_things(void)
{
    volatile char variables[2048];
    for (size_t i = 0; i < sizeof variables; i++) {
        variables[i] = 0;
    }
}

static void each_order_is_cooked_as_it_was_taken(void)
{
    looks_around = true;
    wb_gate_init(&all_here, 3);
    wb_gate_init(&all_read, 3);
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *plates[MOST_ORDERS];
        take_orders(pool, 0, 2, plates);
        check_plate(plates[0], &evening[0]);
        check_plate(plates[1], &evening[1]);
    }
}

static void an_order_outlives_the_call(void)
{
    wb_gate_init(&busy, 2);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *plates[MOST_ORDERS];
        take_orders(pool, 0, 1, plates);
        go_on_with_other_things();
        check_plate(plates[0], &evening[0]);
    }
}

static void two_calls_share_no_order(void)
{
    wb_gate_init(&busy, 5);
    cf_with (pool, cf_thread_pool(.max_workers = 4)) {
        cf_future *early[MOST_ORDERS], *late[MOST_ORDERS];
        take_orders(pool, 0, 2, early);
        take_orders(pool, 2, 4, late);
        for (int i = 0; i < 2; i++) {
            check_plate(early[i], &evening[i]);
            check_plate(late[i], &evening[2 + i]);
        }
    }
}

static void check_portions(int orders, int expected)
{
    wb_gate_init(&busy, MOST_ORDERS + 1);
    int portions = -1;
    cf_with (pool, cf_thread_pool()) {
        cf_future *plates[MOST_ORDERS];
        portions = take_orders(pool, 0, orders, plates);
    }
    WB_CHECK(cooked == orders,
             "%d orders were taken, and cook was called %d times", orders,
             cooked);
    WB_CHECK(outside_of_tasks == 0,
             "%d orders were cooked outside of tasks; each was expected to be "
             "cooked by a task of the pool",
             outside_of_tasks);
    WB_CHECK(portions == expected,
             "begin_orders returned %d; %d portions were ordered", portions,
             expected);
}

static void portions_are_counted(void)
{
    check_portions(4, 10);
}

static void without_orders_nothing_is_cooked(void)
{
    check_portions(0, 0);
}

static void begin_orders_waits_for_nothing(void)
{
    wb_gate_init(&busy, 3);
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *plates[MOST_ORDERS];
        take_orders(pool, 0, 2, plates);
        cf_result(plates[0]);
    }
    WB_CHECK(waited_for == 0,
             "begin_orders waited until an order was cooked; it was expected "
             "to return before");
}

// ----- the camera -----

struct photo {
    int table;
};

static int taken;
static atomic_int freed;
static atomic_bool is_freed;
static atomic_int printed_too_late;

struct photo *take_photo(int table)
{
    taken++;
    struct photo *photo = malloc(sizeof *photo);
    if (photo == NULL) {
        abort();
    }
    photo->table = table;
    is_freed = false;
    return photo;
}

void free_photo(void *photo)
{
    freed++;
    is_freed = true;
    free(photo);
}

cf_value print_photo(const struct photo *photo)
{
    be_busy();
    printed_too_late += is_freed;
    return cf_format("print of table %d", photo->table);
}

static void check_photo(void)
{
    WB_CHECK(taken == 1, "%d photos were taken; one was expected", taken);
    WB_CHECK(printed_too_late == 0,
             "The photo was freed before its task printed it. The task has "
             "only its address");
    WB_CHECK(freed == 1,
             "When the pool was closed, free_photo had been called %d times "
             "for the photo; once was expected",
             freed);
}

static void a_photo_is_there_until_it_is_printed(void)
{
    wb_gate_init(&busy, 2);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_result(begin_print(pool, 7));
    }
    WB_CHECK(printed_too_late == 0,
             "The photo was freed before its task printed it. The task has "
             "only its address");
}

static void a_photo_is_printed_and_then_freed(void)
{
    wb_gate_init(&busy, 2);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        const cf_value print = cf_result(begin_print(pool, 7));
        WB_CHECK(strcmp(cf_kind_name(print), "text") == 0,
                 "The result is a value of the kind \"%s\"; the print, a text, "
                 "was expected",
                 cf_kind_name(print));
        WB_EQUAL_STR(cf_as_str(print), "print of table 7");
    }
    check_photo();
}

static void a_photo_that_is_never_printed_is_freed_too(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_shutdown(pool, CF_WAIT);
        const cf_error *error = cf_exception(begin_print(pool, 7));
        WB_CHECK(error != NULL,
                 "The pool was shut down, and the future of the print has a "
                 "result; what cf_submit gives was expected, an error");
    }
    check_photo();
}

static void begin_print_waits_for_nothing(void)
{
    wb_gate_init(&busy, 2);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        has_returned = false;
        cf_future *print = begin_print(pool, 7);
        has_returned = true;
        cf_result(print);
    }
    WB_CHECK(waited_for == 0,
             "begin_print waited until the photo was printed; it was expected "
             "to return before");
}

static CU_TestInfo begin_orders_tests[] = {
    {"each_order_is_cooked_as_it_was_taken",
     each_order_is_cooked_as_it_was_taken},
    {"an_order_outlives_the_call", an_order_outlives_the_call},
    {"two_calls_share_no_order", two_calls_share_no_order},
    {"portions_are_counted", portions_are_counted},
    {"without_orders_nothing_is_cooked", without_orders_nothing_is_cooked},
    {"begin_orders_waits_for_nothing", begin_orders_waits_for_nothing},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo begin_print_tests[] = {
    {"a_photo_is_there_until_it_is_printed",
     a_photo_is_there_until_it_is_printed},
    {"a_photo_is_printed_and_then_freed", a_photo_is_printed_and_then_freed},
    {"a_photo_that_is_never_printed_is_freed_too",
     a_photo_that_is_never_printed_is_freed_too},
    {"begin_print_waits_for_nothing", begin_print_waits_for_nothing},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"begin_orders", NULL, NULL, NULL, NULL, begin_orders_tests},
    {"begin_print", NULL, NULL, NULL, NULL, begin_print_tests},
    CU_SUITE_INFO_NULL,
};
