// The contract of exercise 10_best_practices/code_review: the weather report.
//
// The program in code_review.c is in use. On a good day it tells what it
// should; for the other days there are five rules, which it breaks.

#ifndef CODE_REVIEW_H
#define CODE_REVIEW_H

#include <cfutures.h>

enum {
    MOST_STATIONS = 16,
    CHANNELS = 4,  // of the radio: one call more at a time disturbs all others
    CORES = 2,     // what forecasts are computed on
    STORM = 10,    // a wind of this force, or a greater one
};

struct reading {
    int station;
    int degrees;
};

struct forecast {
    int station;
    int degrees;
    int wind;
};

// Given to you (the tests bring their own):

// Two tasks, both slow. Either may fail, and then returns an error.
cf_value call_station(cf_value number);       // waits for an answer by radio
cf_value compute_forecast(cf_value reading);  // computes, and never waits
// The first returns a struct reading, which the second takes; it returns a
// struct forecast.

// Tells a line, or notes what people have to be warned of. Both read the text
// during the call and not later. Call them on the thread that called
// report_weather.
void tell(const char *line);
void note(const char *message);

// Calls 0 to MOST_STATIONS stations and computes a forecast from each reading,
// all of it in tasks. Tells a line for each forecast; then, if a storm is to
// come, notes that, else tells an overview. Returns how many forecasts were
// told. What stands in the lines is right in code_review.c. And:
//   1. each kind of work has the executor that fits it: CHANNELS stations are
//      called at the same time, CORES forecasts computed, never more of these;
//   2. each executor is closed on every way out;
//   3. an error of a call or of a forecast costs that station alone: its
//      message is noted, and no forecast is computed from an error;
//   4. never more than CHANNELS stations are called at the same time;
//   5. results are taken as they finish, and waited for asleep: a forecast
//      begins when its reading is there; when all stations have answered, or
//      earlier, forecasts are told as they are ready.
int report_weather(const int stations[], int count);

#endif
