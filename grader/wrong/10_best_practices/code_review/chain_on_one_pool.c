// Four of five: there are two pools, and a chain that stays on the first.

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

static bool has_failed(cf_future *future)
{
    const cf_error *error = cf_exception(future);
    if (error != NULL) {
        note(error->message);
    }
    return error != NULL;
}

static void call_stations(cf_executor *pool, const int stations[], int count,
                          cf_future *calls[])
{
    for (int i = 0; i < count; i++) {
        calls[i] = cf_submit(pool, call_station, stations[i]);
    }
}

static int begin_forecasts(cf_future *calls[], int count,
                           cf_future *forecasts[])
{
    int begun = 0;
    cf_for_completed (call, calls, (size_t)count) {
        if (!has_failed(call)) {
            forecasts[begun++] = cf_then(call, compute_forecast);
        }
    }
    return begun;
}

static void tell_forecasts(cf_future *forecasts[], int count,
                           struct overview *overview)
{
    cf_for_completed (ready, forecasts, (size_t)count) {
        if (!has_failed(ready)) {
            const struct forecast forecast =
                cf_as_struct(cf_result(ready), struct forecast);
            tell_forecast(&forecast);
            include(overview, &forecast);
        }
    }
}

int report_weather(const int stations[], int count)
{
    struct overview overview = {0};
    cf_future *calls[MOST_STATIONS];
    cf_future *forecasts[MOST_STATIONS];
    cf_with (channels, cf_thread_pool(.max_workers = CHANNELS)) {
        cf_with (cores, cf_thread_pool(.max_workers = CORES)) {
            call_stations(channels, stations, count, calls);
            const int begun = begin_forecasts(calls, count, forecasts);
            tell_forecasts(forecasts, begun, &overview);
        }
    }
    if (overview.windiest.wind >= STORM) {
        note_storm(&overview.windiest);
    } else {
        tell_overview(&overview);
    }
    return overview.told;
}
