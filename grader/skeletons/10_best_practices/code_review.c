// Exercise 10_best_practices/code_review. This program is in use, and nobody
// complains. Read it as a reviewer does: it breaks each of the five practices
// of the lesson, and on a good day nobody can see that. code_review.h says
// what has to hold on the other days.
//
// TODO: Where does it break which practice, and what has to happen before
// anybody notices? Repair one after another; each has a check of its own.

#include "code_review.h"

#include <stdio.h>

// ----- what the forecasts say together -----

struct overview {
    int told;
    int coldest;
    int warmest;
    struct forecast windiest;
};

static void include(struct overview *overview, const struct forecast *forecast)
{
    if (overview->told == 0) {
        overview->coldest = forecast->degrees;
        overview->warmest = forecast->degrees;
        overview->windiest = *forecast;
    }
    if (forecast->degrees < overview->coldest) {
        overview->coldest = forecast->degrees;
    }
    if (forecast->degrees > overview->warmest) {
        overview->warmest = forecast->degrees;
    }
    if (forecast->wind > overview->windiest.wind) {
        overview->windiest = *forecast;
    }
    overview->told++;
}

// ----- lines for people -----

enum { LINE_SIZE = 80 };

static void tell_forecast(const struct forecast *forecast)
{
    char line[LINE_SIZE];
    snprintf(line, sizeof line, "station %d: %d degrees, wind %d",
             forecast->station, forecast->degrees, forecast->wind);
    tell(line);
}

static void tell_overview(const struct overview *overview)
{
    if (overview->told == 0) {
        tell("no forecasts");
        return;
    }
    char line[LINE_SIZE];
    snprintf(line, sizeof line, "%d forecasts, %d to %d degrees",
             overview->told, overview->coldest, overview->warmest);
    tell(line);
}

static void note_storm(const struct forecast *windiest)
{
    char line[LINE_SIZE];
    snprintf(line, sizeof line, "storm at station %d, wind %d",
             windiest->station, windiest->wind);
    note(line);
}

// ----- the stations -----

static void call_stations(cf_executor *pool, const int stations[], int count,
                          cf_future *calls[])
{
    for (int i = 0; i < count; i++) {
        calls[i] = cf_submit(pool, call_station, stations[i]);
    }
}

// Each forecast needs its station's reading.
static void begin_forecasts(cf_executor *pool, cf_future *calls[], int count,
                            cf_future *forecasts[])
{
    for (int i = 0; i < count; i++) {
        forecasts[i] = cf_submit(pool, compute_forecast, cf_result(calls[i]));
    }
}

static void tell_forecasts(cf_future *forecasts[], int count,
                           struct overview *overview)
{
    for (int i = 0; i < count; i++) {
        const struct forecast forecast =
            cf_as_struct(cf_result(forecasts[i]), struct forecast);
        tell_forecast(&forecast);
        include(overview, &forecast);
    }
}

int report_weather(const int stations[], int count)
{
    struct overview overview = {0};
    cf_future *calls[MOST_STATIONS];
    cf_future *forecasts[MOST_STATIONS];

    // A worker for each station, so that none has to wait.
    cf_executor *pool = cf_thread_pool(.max_workers = count);
    if (count == 0) {
        tell_overview(&overview);
        return 0;
    }
    call_stations(pool, stations, count, calls);
    begin_forecasts(pool, calls, count, forecasts);
    tell_forecasts(forecasts, count, &overview);

    if (overview.windiest.wind >= STORM) {
        note_storm(&overview.windiest);
        return overview.told;
    }
    tell_overview(&overview);
    cf_close(pool);
    return overview.told;
}
