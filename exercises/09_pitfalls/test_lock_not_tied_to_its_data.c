// Tests of 09_pitfalls/lock_not_tied_to_its_data. They bring the books, and
// tasks that sell, take back and count.
//
// A book is plain memory, so that two who write into the same one at once are
// seen. On the virtual clock a line takes a second, as the test says.

#include "lock_not_tied_to_its_data.h"

#include "wb_test.h"

#include <cfutures.h>
#include <stdlib.h>

enum { HALLS = 2 };

static struct hall *halls[HALLS];
static struct wb_gate at_the_book;  // for one more than may come at once
static double seconds_to_write;

// A hall's book. Who writes is alone there, by the contract.
static struct book {
    bool is_sold[SEATS];
    int lines;
} books[HALLS];

// ----- what lock_not_tied_to_its_data.h promises to bring -----

void write_down(int hall_number, int seat, bool is_sold)
{
    wb_gate_enter(&at_the_book);
    wb_work(seconds_to_write, "hall %d writes", hall_number);
    struct book *book = &books[hall_number];
    book->is_sold[seat] = is_sold;
    book->lines++;
}

// ----- what the tests share -----

static void open_halls(size_t needed_at_the_book)
{
    wb_gate_init(&at_the_book, needed_at_the_book);
    for (int i = 0; i < HALLS; i++) {
        halls[i] = hall_open(i);
        WB_CHECK(halls[i] != NULL, "hall_open(%d) returned NULL", i);
    }
}

static void close_halls(void)
{
    for (int i = 0; i < HALLS; i++) {
        hall_close(halls[i]);
        halls[i] = NULL;  // so that what is lost is seen
    }
}

// Tasks. A place is a seat of the first hall, or SEATS more for the second.
static cf_value sell(cf_value place)
{
    const int number = (int)cf_as_int(place);
    return cf_int(hall_sell(halls[number / SEATS], number % SEATS));
}

static cf_value take_back(cf_value place)
{
    const int number = (int)cf_as_int(place);
    return cf_int(hall_take_back(halls[number / SEATS], number % SEATS));
}

static cf_value count(cf_value hall)
{
    return cf_int(hall_count(halls[cf_as_int(hall)]));
}

struct answers {
    int first;
    int second;
};

// Runs two tasks at once.
static struct answers both(cf_task one, int one_place, cf_task other,
                           int other_place)
{
    struct answers answers = {0, 0};
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        cf_future *first = cf_submit(pool, one, one_place);
        cf_future *second = cf_submit(pool, other, other_place);
        answers.first = (int)cf_as_int(cf_result(first));
        answers.second = (int)cf_as_int(cf_result(second));
    }
    return answers;
}

// What a hall says of itself, and what its book says.
static void check_hall(int number, int sold, int lines)
{
    const int counted = hall_count(halls[number]);
    WB_CHECK(counted == sold,
             "hall_count returned %d; %d was expected, as many as were sold "
             "and not taken back",
             counted, sold);
    WB_CHECK(books[number].lines == lines,
             "%d lines were written into the hall's book; %d were expected, "
             "one for each call that returned true",
             books[number].lines, lines);
    int in_the_book = 0;
    for (int i = 0; i < SEATS; i++) {
        in_the_book += books[number].is_sold[i];
    }
    WB_CHECK(in_the_book == sold,
             "by its book, %d seats of the hall are sold; %d were expected",
             in_the_book, sold);
}

static void check_answer(const char *call, bool answer, bool expected)
{
    WB_CHECK(answer == expected, "%s returned %s; %s was expected", call,
             answer ? "true" : "false", expected ? "true" : "false");
}

// ----- who is alone -----

static void selling_and_taking_back_are_apart(void)
{
    open_halls(1);
    hall_sell(halls[0], 1);
    wb_gate_init(&at_the_book, 2);
    both(sell, 0, take_back, 1);
    WB_NEVER_MORE_THAN(1, &at_the_book, "lines of one hall's book");
    close_halls();
}

static void selling_two_seats_of_a_hall_is_apart(void)
{
    open_halls(2);
    both(sell, 0, sell, 1);
    WB_NEVER_MORE_THAN(1, &at_the_book, "lines of one hall's book");
    close_halls();
}

// ----- in any order -----

static void one_sells_and_one_takes_back(void)
{
    open_halls(1);
    hall_sell(halls[0], 1);
    const struct answers answers = both(sell, 0, take_back, 1);
    check_answer("hall_sell of a free seat", answers.first == 1, true);
    check_answer("hall_take_back of a sold seat", answers.second == 1, true);
    check_hall(0, 1, 3);
    close_halls();
}

static void a_seat_is_sold_to_one_of_two(void)
{
    open_halls(1);
    const struct answers answers = both(sell, 0, sell, 0);
    WB_CHECK(answers.first + answers.second == 1,
             "two tasks sold the same seat, and %d of the two calls returned "
             "true; one was expected",
             answers.first + answers.second);
    check_hall(0, 1, 1);
    close_halls();
}

static void counting_sees_before_or_after(void)
{
    open_halls(1);
    const struct answers answers = both(sell, 0, count, 0);
    WB_CHECK(answers.second == 0 || answers.second == 1,
             "while one seat was sold, hall_count returned %d; 0 or 1 was "
             "expected",
             answers.second);
    close_halls();
}

// ----- one after another -----

static void a_seat_is_sold_once_until_it_is_taken_back(void)
{
    open_halls(1);
    check_answer("hall_sell of a free seat", hall_sell(halls[0], 2), true);
    check_answer("hall_sell of a sold seat", hall_sell(halls[0], 2), false);
    check_hall(0, 1, 1);
    check_answer("hall_take_back of a sold seat", hall_take_back(halls[0], 2),
                 true);
    check_answer("hall_sell of a seat that was taken back",
                 hall_sell(halls[0], 2), true);
    check_hall(0, 1, 3);
    close_halls();
}

static void a_free_seat_is_not_taken_back(void)
{
    open_halls(1);
    check_answer("hall_take_back of a free seat", hall_take_back(halls[0], 3),
                 false);
    check_hall(0, 0, 0);
    close_halls();
}

static void each_hall_has_its_own_seats(void)
{
    open_halls(1);
    check_answer("hall_sell of a seat of hall 0", hall_sell(halls[0], 1), true);
    check_answer("hall_sell of the same seat of hall 1, which is free",
                 hall_sell(halls[1], 1), true);
    check_hall(0, 1, 1);
    check_hall(1, 1, 1);
    close_halls();
}

static void closing_no_hall_does_nothing(void)
{
    hall_close(NULL);
    WB_CHECK(true, "hall_close(NULL) returns");
}

// ----- at the same time -----

static void two_halls_are_used_at_the_same_time(void)
{
    seconds_to_write = 1.0;
    open_halls(1);
    const struct answers answers = both(sell, 0, sell, SEATS);
    WB_EQUAL_INT(answers.first + answers.second, 2);
    close_halls();
}

static CU_TestInfo hall_tests[] = {
    {"selling_and_taking_back_are_apart", selling_and_taking_back_are_apart},
    {"selling_two_seats_of_a_hall_is_apart",
     selling_two_seats_of_a_hall_is_apart},
    {"one_sells_and_one_takes_back", one_sells_and_one_takes_back},
    {"a_seat_is_sold_to_one_of_two", a_seat_is_sold_to_one_of_two},
    {"counting_sees_before_or_after", counting_sees_before_or_after},
    {"a_seat_is_sold_once_until_it_is_taken_back",
     a_seat_is_sold_once_until_it_is_taken_back},
    {"a_free_seat_is_not_taken_back", a_free_seat_is_not_taken_back},
    {"each_hall_has_its_own_seats", each_hall_has_its_own_seats},
    {"closing_no_hall_does_nothing", closing_no_hall_does_nothing},
    {"two_halls_are_used_at_the_same_time",
     two_halls_are_used_at_the_same_time},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"hall", NULL, NULL, NULL, NULL, hall_tests},
    CU_SUITE_INFO_NULL,
};
