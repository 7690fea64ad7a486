// Tests of 10_best_practices/code_review. They bring the stations, what
// computes forecasts, and the ears that hear what is told.
//
// A test may put a gate into the call of a station, into its forecast, or into
// the telling of it. So it decides who is ready first, and sees how many are
// at work at once; no clock does.

#include "code_review.h"

#include "wb_test.h"

#include <cfutures_testing.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ----- what code_review.h promises to bring -----

enum {
    MOST_HEARD = 2 * MOST_STATIONS,
    LINE_SIZE = 80,
    LINES_SIZE = MOST_HEARD * (LINE_SIZE + 3),
};

// What a test wants of a station.
struct plan {
    bool is_silent;        // its call fails
    bool has_no_forecast;  // its forecast fails
    int wind;
    struct wb_gate *at_call;  // NULL: none
    struct wb_gate *at_forecast;
    struct wb_gate *later_in_forecast;
    struct wb_gate *at_telling;
};

static struct plan plans[MOST_STATIONS + 1];  // by the station's number
static atomic_int calls;
static atomic_int forecasts;
static atomic_int forecasts_of_errors;
static atomic_int said_by_tasks;
static char heard[MOST_HEARD][LINE_SIZE];
static int heard_count;

static void enter(struct wb_gate *gate)
{
    if (gate != NULL) {
        wb_gate_enter(gate);
    }
}

cf_value call_station(cf_value number)
{
    const struct reading reading = {(int)cf_as_int(number),
                                    20 + (int)cf_as_int(number)};
    const struct plan *plan = &plans[reading.station];
    calls++;
    enter(plan->at_call);
    if (plan->is_silent) {
        return cf_fail(ETIMEDOUT, "no answer from station %d", reading.station);
    }
    return cf_copy(cf_struct(reading));
}

cf_value compute_forecast(cf_value value)
{
    if (cf_failed(value)) {
        forecasts_of_errors++;
        return value;
    }
    const struct reading reading = cf_as_struct(value, struct reading);
    const struct plan *plan = &plans[reading.station];
    forecasts++;
    enter(plan->at_forecast);
    enter(plan->later_in_forecast);
    if (plan->has_no_forecast) {
        return cf_fail(EDOM, "no forecast for station %d", reading.station);
    }
    const struct forecast forecast = {reading.station, reading.degrees,
                                      plan->wind};
    return cf_copy(cf_struct(forecast));
}

static void hear(const char *how, const char *text)
{
    if (cf_test_in_task()) {
        said_by_tasks++;
        return;
    }
    if (heard_count < MOST_HEARD) {
        snprintf(heard[heard_count], sizeof heard[0], "%s: %.70s", how, text);
        heard_count++;
    }
}

void tell(const char *line)
{
    int station = 0;
    hear("tell", line);
    if (sscanf(line, "station %d", &station) == 1 && station >= 1 &&
        station <= MOST_STATIONS) {
        enter(plans[station].at_telling);
    }
}

void note(const char *message)
{
    hear("note", message);
}

// ----- what was heard -----

static const int stations[MOST_STATIONS] = {1, 2,  3,  4,  5,  6,  7,  8,
                                            9, 10, 11, 12, 13, 14, 15, 16};

static int by_text(const void *left, const void *right)
{
    return strcmp(left, right);
}

static void append(char *lines, const char *line)
{
    const size_t length = strlen(lines);
    if (length + strlen(line) + sizeof "  \n" <= LINES_SIZE) {
        sprintf(lines + length, "  %s\n", line);
    }
}

// In whichever order: the last line aside, which has to be the last one.
static void check_heard(const char *const expected[], int count)
{
    char wanted[LINES_SIZE] = "";
    char got[LINES_SIZE] = "";
    if (heard_count > 1) {
        qsort(heard, (size_t)heard_count - 1, sizeof heard[0], by_text);
    }
    for (int i = 0; i < count; i++) {
        append(wanted, expected[i]);
    }
    for (int i = 0; i < heard_count; i++) {
        append(got, heard[i]);
    }
    WB_CHECK(said_by_tasks == 0,
             "A task called tell or note %d times; both are for the thread "
             "that called report_weather",
             said_by_tasks);
    WB_CHECK(strcmp(got, wanted) == 0,
             "report_weather said this (all but the last line sorted):\n"
             "%sexpected was this:\n%s",
             got[0] == '\0' ? "  nothing\n" : got, wanted);
}

static void check_told(int told, int expected)
{
    WB_CHECK(told == expected,
             "report_weather returned %d; %d was expected, as many as there "
             "were forecasts to tell",
             told, expected);
}

// Where the lines are not what the test is about: all are there.
static void report_on(int count)
{
    const int told = report_weather(stations, count);
    check_told(told, count);
    WB_CHECK(heard_count == count + 1,
             "report_weather said %d lines; %d were expected, one for each "
             "station and an overview",
             heard_count, count + 1);
}

// ----- 1: the executors -----

static void never_more_forecasts_than_cores(void)
{
    static struct wb_gate computing;
    wb_gate_init(&computing, CORES + 1);
    for (int i = 1; i <= 6; i++) {
        plans[i].at_forecast = &computing;
    }
    report_on(6);
    WB_NEVER_MORE_THAN(CORES, &computing, "forecasts");
}

static void as_many_calls_as_channels(void)
{
    static struct wb_gate calling;
    wb_gate_init(&calling, CHANNELS);
    for (int i = 1; i <= CHANNELS; i++) {
        plans[i].at_call = &calling;
    }
    report_on(CHANNELS);
    WB_OPENED(&calling, "calls");
}

static void as_many_forecasts_as_cores(void)
{
    static struct wb_gate computing;
    wb_gate_init(&computing, CORES);
    for (int i = 1; i <= CORES; i++) {
        plans[i].at_forecast = &computing;
    }
    report_on(CORES);
    WB_OPENED(&computing, "forecasts");
}

// ----- 2: every way out -----

static void a_good_day_is_told(void)
{
    const int told = report_weather(stations, 3);
    static const char *const expected[] = {
        "tell: station 1: 21 degrees, wind 0",
        "tell: station 2: 22 degrees, wind 0",
        "tell: station 3: 23 degrees, wind 0",
        "tell: 3 forecasts, 21 to 23 degrees",
    };
    check_heard(expected, 4);
    check_told(told, 3);
}

static void check_closed(const char *when)
{
    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    WB_CHECK(now.executors_opened > 0, "report_weather opened no executor");
    WB_CHECK(now.executors_open == 0,
             "report_weather returned %s and left %zu of %zu executors open; "
             "all were expected to be closed",
             when, now.executors_open, now.executors_opened);
}

static void all_is_closed_after_a_good_day(void)
{
    report_on(2);
    check_closed("after a good day");
}

static void all_is_closed_after_a_storm(void)
{
    plans[2].wind = STORM;
    const int told = report_weather(stations, 2);
    static const char *const expected[] = {
        "tell: station 1: 21 degrees, wind 0",
        "tell: station 2: 22 degrees, wind 10",
        "note: storm at station 2, wind 10",
    };
    check_heard(expected, 3);
    check_told(told, 2);
    check_closed("after a storm");
}

static void nothing_is_left_open_without_stations(void)
{
    const int told = report_weather(stations, 0);
    static const char *const expected[] = {"tell: no forecasts"};
    check_heard(expected, 1);
    check_told(told, 0);
    WB_ALL_POOLS_CLOSED();
}

// ----- 3: errors -----

static void check_no_forecast_of_an_error(void)
{
    WB_CHECK(forecasts_of_errors == 0,
             "compute_forecast was called %d times with an error instead of a "
             "reading",
             forecasts_of_errors);
}

static void a_silent_station_costs_no_other(void)
{
    plans[1].is_silent = true;
    const int told = report_weather(stations, 3);
    static const char *const expected[] = {
        "note: no answer from station 1",
        "tell: station 2: 22 degrees, wind 0",
        "tell: station 3: 23 degrees, wind 0",
        "tell: 2 forecasts, 22 to 23 degrees",
    };
    check_heard(expected, 4);
    check_told(told, 2);
    check_no_forecast_of_an_error();
}

static void a_failed_forecast_costs_no_other(void)
{
    plans[2].has_no_forecast = true;
    const int told = report_weather(stations, 3);
    static const char *const expected[] = {
        "note: no forecast for station 2",
        "tell: station 1: 21 degrees, wind 0",
        "tell: station 3: 23 degrees, wind 0",
        "tell: 2 forecasts, 21 to 23 degrees",
    };
    check_heard(expected, 4);
    check_told(told, 2);
}

static void if_all_fail_there_is_no_forecast(void)
{
    plans[1].is_silent = true;
    plans[2].has_no_forecast = true;
    const int told = report_weather(stations, 2);
    static const char *const expected[] = {
        "note: no answer from station 1",
        "note: no forecast for station 2",
        "tell: no forecasts",
    };
    check_heard(expected, 3);
    check_told(told, 0);
    check_no_forecast_of_an_error();
}

// ----- 4: how many -----

static void never_more_calls_than_channels(void)
{
    static struct wb_gate calling;
    wb_gate_init(&calling, CHANNELS + 1);
    for (int i = 1; i <= CHANNELS + 3; i++) {
        plans[i].at_call = &calling;
    }
    report_on(CHANNELS + 3);
    WB_NEVER_MORE_THAN(CHANNELS, &calling, "calls");
}

// ----- 5: as they finish -----

static void a_forecast_begins_while_a_station_is_silent(void)
{
    static struct wb_gate both;
    wb_gate_init(&both, 2);
    plans[1].at_call = &both;
    plans[2].at_forecast = &both;
    report_on(2);
    WB_CHECK(both.state == WB_GATE_OPENED,
             "Station 1 had not answered, and the forecast of station 2 did "
             "not begin although its reading was there");
}

// Station 2 does not answer before the forecast of station 1 has begun, so that
// is the first of the two to begin; and it is not ready before the other is
// told.
static void what_is_ready_first_is_told_first(void)
{
    static struct wb_gate begun;
    static struct wb_gate both;
    wb_gate_init(&begun, 2);
    wb_gate_init(&both, 2);
    plans[1].at_forecast = &begun;
    plans[2].at_call = &begun;
    plans[1].later_in_forecast = &both;
    plans[2].at_telling = &both;
    report_on(2);
    WB_CHECK(both.state == WB_GATE_OPENED,
             "The forecast of station 1 was not ready, and that of station 2 "
             "was not told although it was");
}

// More are needed than will ever come, so the gate keeps everybody inside
// until it has seen how the caller waits: asleep, or asking again and again.
static void check_asleep(struct wb_gate *gate, const char *while_what)
{
    report_on(2);
    WB_CHECK(gate->state != WB_GATE_SPINNING,
             "While %s, your code asked \"done yet?\" %d times and more; it "
             "was expected to sleep",
             while_what, WB_MANY_POLLS);
}

static void the_caller_sleeps_while_stations_are_silent(void)
{
    static struct wb_gate calling;
    wb_gate_init(&calling, 3);
    plans[1].at_call = plans[2].at_call = &calling;
    check_asleep(&calling, "no station had answered");
}

static void the_caller_sleeps_while_forecasts_are_computed(void)
{
    static struct wb_gate computing;
    wb_gate_init(&computing, 3);
    plans[1].at_forecast = plans[2].at_forecast = &computing;
    check_asleep(&computing, "forecasts were computed");
}

// ----- in any order of the steps -----

static void two_stations_report_in_any_order(void)
{
    plans[2].wind = STORM - 1;
    const int told = report_weather(stations, 2);
    static const char *const expected[] = {
        "tell: station 1: 21 degrees, wind 0",
        "tell: station 2: 22 degrees, wind 9",
        "tell: 2 forecasts, 21 to 22 degrees",
    };
    check_heard(expected, 3);
    check_told(told, 2);
    WB_ALL_POOLS_CLOSED();
}

// ----- the list -----

static CU_TestInfo executor_tests[] = {
    {"never_more_forecasts_than_cores", never_more_forecasts_than_cores},
    {"as_many_calls_as_channels", as_many_calls_as_channels},
    {"as_many_forecasts_as_cores", as_many_forecasts_as_cores},
    {"never_more_calls_than_channels", never_more_calls_than_channels},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo closing_tests[] = {
    {"a_good_day_is_told", a_good_day_is_told},
    {"all_is_closed_after_a_good_day", all_is_closed_after_a_good_day},
    {"all_is_closed_after_a_storm", all_is_closed_after_a_storm},
    {"nothing_is_left_open_without_stations",
     nothing_is_left_open_without_stations},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo error_tests[] = {
    {"a_silent_station_costs_no_other", a_silent_station_costs_no_other},
    {"a_failed_forecast_costs_no_other", a_failed_forecast_costs_no_other},
    {"if_all_fail_there_is_no_forecast", if_all_fail_there_is_no_forecast},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo order_tests[] = {
    {"a_forecast_begins_while_a_station_is_silent",
     a_forecast_begins_while_a_station_is_silent},
    {"what_is_ready_first_is_told_first", what_is_ready_first_is_told_first},
    {"the_caller_sleeps_while_stations_are_silent",
     the_caller_sleeps_while_stations_are_silent},
    {"the_caller_sleeps_while_forecasts_are_computed",
     the_caller_sleeps_while_forecasts_are_computed},
    {"two_stations_report_in_any_order", two_stations_report_in_any_order},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"executors", NULL, NULL, NULL, NULL, executor_tests},
    {"closing", NULL, NULL, NULL, NULL, closing_tests},
    {"errors", NULL, NULL, NULL, NULL, error_tests},
    {"order", NULL, NULL, NULL, NULL, order_tests},
    CU_SUITE_INFO_NULL,
};
