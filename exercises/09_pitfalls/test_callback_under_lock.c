// Tests of 09_pitfalls/callback_under_lock. They bring the dishes and those who
// listen to the bell.
//
// A gate keeps the dishes on the stove until they have been watched, where they
// have to be. A pool that closes waits for its callbacks, so after the block
// the bell has been rung, or never will be.

#include "callback_under_lock.h"

#include "wb_test.h"

#include <stdatomic.h>

static struct board board;
static atomic_int refused;  // by board_watch

static void init_board(void)
{
    const int rc = board_init(&board);
    WB_CHECK(rc == 0, "board_init returned %d; 0 was expected", rc);
}

// ----- the bell -----

static atomic_int rung, rung_for_others;
static cf_executor *dining_room;  // where the listeners have tasks of their own
static struct wb_gate meeting;
static int heard_cooking;

static void (*listener)(void);

void ring(struct board *its_board)
{
    rung++;
    rung_for_others += its_board != &board;
    if (listener != NULL) {
        listener();
    }
}

static void check_bell(int times)
{
    WB_CHECK(rung_for_others == 0, "ring was called with another board");
    WB_CHECK(rung == times,
             "The bell was rung %d times; %d was expected, each time that the "
             "last of the watched dishes was done",
             rung, times);
}

static void check_nothing_cooks(void)
{
    WB_CHECK(refused == 0,
             "board_watch returned false; there was memory enough");
    const int cooking = board_cooking(&board);
    WB_CHECK(cooking == 0,
             "All dishes were done, and board_cooking returned %d; 0 was "
             "expected",
             cooking);
    board_deinit(&board);
}

// ----- the dishes -----

static struct wb_gate stove;  // the dishes, and the test when they are watched

static cf_value cook(cf_value dish)
{
    wb_gate_enter(&stove);
    return dish;
}

static cf_value cook_fast(cf_value dish)
{
    return dish;
}

static void watch(cf_future *dish)
{
    refused += !board_watch(&board, dish);
}

// Cooks so many dishes, of which each is watched before any is done.
static void cook_and_watch(int count)
{
    wb_gate_init(&stove, (size_t)count + 1);
    cf_with (kitchen, cf_thread_pool(.max_workers = count)) {
        for (int i = 0; i < count; i++) {
            watch(cf_submit(kitchen, cook, i));
        }
        const int cooking = board_cooking(&board);
        wb_gate_enter(&stove);
        WB_CHECK(cooking == count,
                 "%d dishes were watched and none was done; board_cooking "
                 "returned %d",
                 count, cooking);
    }
}

// ----- watching -----

static void a_dish_that_is_done_can_be_watched(void)
{
    init_board();
    cf_with (kitchen, cf_thread_pool(.max_workers = 1)) {
        cf_future *dish = cf_submit(kitchen, cook_fast, "soup");
        cf_result(dish);
        watch(dish);
        check_bell(1);
    }
    check_bell(1);
    check_nothing_cooks();
}

static void a_dish_that_cooks_can_be_watched(void)
{
    init_board();
    cook_and_watch(1);
    check_bell(1);
    check_nothing_cooks();
}

static void the_last_of_three_dishes_rings_the_bell(void)
{
    init_board();
    cook_and_watch(3);
    check_bell(1);
    check_nothing_cooks();
}

// ----- ringing -----

static void ask(void)
{
    heard_cooking = board_cooking(&board);
}

static void a_listener_may_ask_the_board(void)
{
    init_board();
    listener = ask;
    heard_cooking = -1;
    cook_and_watch(1);
    check_bell(1);
    WB_CHECK(heard_cooking == 0,
             "A listener asked the board what cooks, and got %d; 0 was "
             "expected, since all was done when the bell was rung",
             heard_cooking);
    check_nothing_cooks();
}

// The gate lets the second dish be watched before it is done.
static void order_another_dish(void)
{
    if (rung == 1) {
        wb_gate_init(&stove, 2);
        watch(cf_submit(dining_room, cook, "dessert"));
        wb_gate_enter(&stove);
    }
}

static void a_listener_may_have_another_dish_watched(void)
{
    init_board();
    listener = order_another_dish;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        dining_room = pool;
        cook_and_watch(1);
    }
    check_bell(2);
    check_nothing_cooks();
}

static cf_value ask_and_meet(cf_value nothing)
{
    board_cooking(&board);
    wb_gate_enter(&meeting);
    return nothing;
}

static void meet_somebody_who_asks(void)
{
    cf_submit(dining_room, ask_and_meet, cf_none());
    wb_gate_enter(&meeting);
}

static void the_board_is_free_while_the_bell_is_rung(void)
{
    init_board();
    listener = meet_somebody_who_asks;
    wb_gate_init(&meeting, 2);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        dining_room = pool;
        cook_and_watch(1);
    }
    WB_CHECK(meeting.state == WB_GATE_OPENED,
             "A listener waited for another thread, which asked the board and "
             "did not get an answer as long as the bell was rung. Who holds "
             "the lock then?");
    check_nothing_cooks();
}

static cf_future *dessert;  // is done

static void have_the_dessert_watched(void)
{
    if (rung == 1) {
        watch(dessert);
    }
}

static void the_bell_may_be_rung_while_it_is_rung(void)
{
    init_board();
    listener = have_the_dessert_watched;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        dessert = cf_submit(pool, cook_fast, "dessert");
        cf_result(dessert);
        cook_and_watch(1);
    }
    check_bell(2);
    check_nothing_cooks();
}

// ----- for the explorer -----

static void a_dish_may_be_done_at_any_moment(void)
{
    init_board();
    listener = ask;
    cf_with (kitchen, cf_thread_pool(.max_workers = 1)) {
        watch(cf_submit(kitchen, cook_fast, "soup"));
    }
    check_bell(1);
    check_nothing_cooks();
}

static void two_dishes_may_be_done_at_the_same_time(void)
{
    init_board();
    cook_and_watch(2);
    check_bell(1);
    check_nothing_cooks();
}

static CU_TestInfo board_tests[] = {
    {"a_dish_that_is_done_can_be_watched", a_dish_that_is_done_can_be_watched},
    {"a_dish_that_cooks_can_be_watched", a_dish_that_cooks_can_be_watched},
    {"the_last_of_three_dishes_rings_the_bell",
     the_last_of_three_dishes_rings_the_bell},
    {"a_listener_may_ask_the_board", a_listener_may_ask_the_board},
    {"a_listener_may_have_another_dish_watched",
     a_listener_may_have_another_dish_watched},
    {"the_board_is_free_while_the_bell_is_rung",
     the_board_is_free_while_the_bell_is_rung},
    {"the_bell_may_be_rung_while_it_is_rung",
     the_bell_may_be_rung_while_it_is_rung},
    {"a_dish_may_be_done_at_any_moment", a_dish_may_be_done_at_any_moment},
    {"two_dishes_may_be_done_at_the_same_time",
     two_dishes_may_be_done_at_the_same_time},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"board", NULL, NULL, NULL, NULL, board_tests},
    CU_SUITE_INFO_NULL,
};
