// Tests of 03_as_completed/timeout. They bring the kitchen, and play the
// caller.
//
// No test hopes that something is quick enough. What has to be in time is ready
// before the call, or there is no limit; what has to be late stays at a gate
// which the test opens after serve_within has returned.

#include "timeout.h"

#include "wb_test.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

// ----- the kitchen -----

enum { MOST_HEARD = 2 * MOST_DISHES, NOT_CALLED = 99 };

static const double A_MOMENT = 0.01;  // seconds, for what is late however long

struct dish {
    const char *name;
    double cooking;             // seconds on the virtual clock
    double serving;             // likewise
    struct wb_gate *is_begun;   // where it goes first, and the test, too
    struct wb_gate *goes_on;    // where it goes then
    struct wb_gate *is_served;  // where its serving goes
};

static atomic_int cooked;
static size_t times_served;
static const struct dish *served[MOST_HEARD];
static const void *served_by[MOST_HEARD];  // where serve was called

static const struct dish *menu;
static size_t menu_size;

static void enter(struct wb_gate *gate)
{
    if (gate != NULL) {
        wb_gate_enter(gate);
    }
}

// A task.
static cf_value cook(cf_value which)
{
    const struct dish *dish = cf_as_ptr(which);
    cooked++;
    enter(dish->is_begun);
    enter(dish->goes_on);
    wb_work(dish->cooking, "cooking %s", dish->name);
    return cf_str(dish->name);
}

static const struct dish *dish_of(const char *plate)
{
    for (size_t i = 0; i < menu_size; i++) {
        if (strcmp(menu[i].name, plate) == 0) {
            return &menu[i];
        }
    }
    return NULL;
}

void serve(const char *plate)
{
    const struct dish *dish = dish_of(plate);
    WB_CHECK(dish != NULL, "You served \"%s\"%s, which nobody has cooked",
             plate, wb_at(WB_CALLER));
    if (times_served < MOST_HEARD) {
        served[times_served] = dish;
        served_by[times_served] = WB_CALLER;
    }
    times_served++;
    enter(dish->is_served);
    wb_work(dish->serving, "serving %s", dish->name);
}

static void begin(cf_executor *pool, const struct dish *dishes, size_t count,
                  cf_future **plates)
{
    menu = dishes;
    menu_size = count;
    for (size_t i = 0; i < count; i++) {
        plates[i] = cf_submit(pool, cook, cf_ptr(&dishes[i]));
    }
}

static void check_count(size_t late, size_t expected_served,
                        size_t expected_late)
{
    WB_CHECK(times_served == expected_served,
             "You served %zu plates%s; %zu were ready in time", times_served,
             wb_at(served_by[0]), expected_served);
    WB_CHECK(
        late == expected_late,
        "serve_within returned %zu; %zu was expected, the number of plates "
        "that were not served",
        late, expected_late);
}

static size_t times_heard(const struct dish *dish)
{
    size_t times = 0;
    for (size_t i = 0; i < MOST_HEARD && i < times_served; i++) {
        times += served[i] == dish;
    }
    return times;
}

// ----- in time -----

static void check_all_ready_are_served(double seconds)
{
    static const struct dish dishes[] = {
        {.name = "roast"}, {.name = "soup"}, {.name = "salad"}};
    size_t late = NOT_CALLED;
    cf_with (pool, cf_thread_pool()) {
        cf_future *plates[3];
        begin(pool, dishes, 3, plates);
        for (int i = 0; i < 3; i++) {
            cf_result(plates[i]);
        }
        late = serve_within(plates, 3, seconds);
    }
    check_count(late, 3, 0);
    for (int i = 0; i < 3; i++) {
        WB_CHECK(times_heard(&dishes[i]) == 1,
                 "The %s was served %zu times%s; once was expected",
                 dishes[i].name, times_heard(&dishes[i]), wb_at(served_by[0]));
    }
}

static void what_is_ready_is_served(void)
{
    check_all_ready_are_served(CF_FOREVER);
}

static void what_is_ready_is_served_even_without_time(void)
{
    check_all_ready_are_served(0);
}

static void without_plates_nothing_is_served(void)
{
    check_count(serve_within(NULL, 0, CF_FOREVER), 0, 0);
}

// Each plate but the first is ready only when the one before it is served.
static void what_is_ready_first_is_served_first(void)
{
    static struct wb_gate turns[2];
    static const struct dish dishes[] = {
        {"roast", .goes_on = &turns[1]},
        {"soup", .is_served = &turns[0]},
        {"salad", .goes_on = &turns[0], .is_served = &turns[1]},
    };
    wb_gate_init(&turns[0], 2);
    wb_gate_init(&turns[1], 2);
    size_t late = NOT_CALLED;
    cf_with (pool, cf_thread_pool()) {
        cf_future *plates[3];
        begin(pool, dishes, 3, plates);
        late = serve_within(plates, 3, CF_FOREVER);
    }
    check_count(late, 3, 0);
    const int order[] = {1, 2, 0};
    for (int i = 0; i < 3; i++) {
        WB_CHECK(
            served[i] == &dishes[order[i]],
            "As number %d you served the %s%s; the %s was expected: it was "
            "the next to be ready",
            i + 1, served[i]->name, wb_at(served_by[i]), dishes[order[i]].name);
    }
}

// One more is needed than will ever come, so the gate keeps everybody inside
// until it has seen how the caller waits: asleep, or asking again and again.
static void the_caller_sleeps_while_all_cook(void)
{
    static struct wb_gate kitchen;
    static const struct dish dishes[] = {{"roast", .goes_on = &kitchen},
                                         {"soup", .goes_on = &kitchen}};
    wb_gate_init(&kitchen, 3);
    cf_with (pool, cf_thread_pool()) {
        cf_future *plates[2];
        begin(pool, dishes, 2, plates);
        serve_within(plates, 2, CF_FOREVER);
    }
    WB_CHECK(kitchen.state != WB_GATE_SPINNING,
             "While the dishes were cooking, your code asked \"done yet?\" %d "
             "times and more; it was expected to sleep until one is ready",
             WB_MANY_POLLS);
}

// ----- late -----

static struct wb_gate begun;
static struct wb_gate after;  // serve_within has returned

static void init_gates(void)
{
    wb_gate_init(&begun, 2);
    wb_gate_init(&after, 2);
}

static void check_did_not_wait(void)
{
    WB_CHECK(after.state != WB_GATE_STUCK,
             "The time was over and the roast still on the stove; serve_within "
             "waited for it. It was expected to return without it");
}

static void a_late_plate_is_counted_and_not_waited_for(void)
{
    static const struct dish dishes[] = {
        {"roast", .is_begun = &begun, .goes_on = &after},
        {.name = "soup"},
    };
    init_gates();
    size_t late = NOT_CALLED;
    bool is_roast_cancelled = true;
    cf_with (pool, cf_thread_pool()) {
        cf_future *plates[2];
        begin(pool, dishes, 2, plates);
        cf_future *roast = plates[0];  // the array is serve_within's to sort
        cf_result(plates[1]);
        wb_gate_enter(&begun);
        late = serve_within(plates, 2, A_MOMENT);
        wb_gate_enter(&after);
        is_roast_cancelled = cf_failed(cf_result(roast));
    }
    check_did_not_wait();
    check_count(late, 1, 1);
    WB_CHECK(!is_roast_cancelled,
             "The roast was on the stove, and its future failed; it was "
             "expected to be cooked to its end");
}

static void what_nobody_has_begun_is_taken_back(void)
{
    static const struct dish dishes[] = {
        {"roast", .is_begun = &begun, .goes_on = &after},
        {.name = "pie"},
    };
    init_gates();
    size_t late = NOT_CALLED;
    bool is_taken_back = false;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *plates[2];
        begin(pool, dishes, 2, plates);
        const cf_future *pie = plates[1];
        wb_gate_enter(&begun);
        late = serve_within(plates, 2, A_MOMENT);
        is_taken_back = cf_cancelled(pie);
        wb_gate_enter(&after);
    }
    check_did_not_wait();
    WB_CHECK(is_taken_back && cooked == 1,
             "The pie was late, and still in the queue when serve_within "
             "returned; it was expected to be taken back");
    check_count(late, 0, 2);
}

// Late plates take long to serve, so that serving one shows on the clock.
static void the_time_counts_once_for_all(void)
{
    static const struct dish dishes[] = {
        {"soup", .cooking = 1},
        {"salad", .cooking = 2.5, .serving = 10},
        {"roast", .cooking = 4, .serving = 10},
        {"pie", .cooking = 5.5, .serving = 10},
    };
    cf_with (pool, cf_thread_pool()) {
        cf_future *plates[4];
        begin(pool, dishes, 4, plates);
        serve_within(plates, 4, 2);
    }
    WB_CHECK(times_served <= 4, "You served %zu plates; 4 were cooked",
             times_served);
}

// For the explorer: a plate may get ready at any moment.
static void each_plate_is_served_or_counted(void)
{
    static const struct dish dishes[] = {{.name = "roast"}, {.name = "soup"}};
    size_t late = NOT_CALLED;
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *plates[2];
        begin(pool, dishes, 2, plates);
        late = serve_within(plates, 2, 0);
    }
    WB_CHECK(times_served + late == 2,
             "Of 2 plates %zu were served, and serve_within returned %zu; that "
             "does not make 2",
             times_served, late);
}

static CU_TestInfo timeout_tests[] = {
    {"what_is_ready_is_served", what_is_ready_is_served},
    {"what_is_ready_is_served_even_without_time",
     what_is_ready_is_served_even_without_time},
    {"without_plates_nothing_is_served", without_plates_nothing_is_served},
    {"what_is_ready_first_is_served_first",
     what_is_ready_first_is_served_first},
    {"the_caller_sleeps_while_all_cook", the_caller_sleeps_while_all_cook},
    {"a_late_plate_is_counted_and_not_waited_for",
     a_late_plate_is_counted_and_not_waited_for},
    {"what_nobody_has_begun_is_taken_back",
     what_nobody_has_begun_is_taken_back},
    {"the_time_counts_once_for_all", the_time_counts_once_for_all},
    {"each_plate_is_served_or_counted", each_plate_is_served_or_counted},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"timeout", NULL, NULL, NULL, NULL, timeout_tests},
    CU_SUITE_INFO_NULL,
};
