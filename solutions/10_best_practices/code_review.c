// Solution of 10_best_practices/code_review.

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

// Is this future's outcome an error? Then notes it. Who reads a result
// without this question stops the program at the first station that is silent.
static bool has_failed(cf_future *future)
{
    const cf_error *error = cf_exception(future);
    if (error != NULL) {
        note(error->message);
    }
    return error != NULL;
}

// Takes the readings as they come, not as the stations are listed: behind a
// silent station the others' forecasts would not begin. Tempting: to hand the
// reading on as it is, since an error travels by itself. It does; but then a
// core is busy with a forecast from nothing.
static int begin_forecasts(cf_executor *cores, cf_future *calls[], int count,
                           cf_future *forecasts[])
{
    int begun = 0;
    cf_for_completed (call, calls, (size_t)count) {
        if (!has_failed(call)) {
            forecasts[begun++] =
                cf_submit(cores, compute_forecast, cf_result(call));
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

    // Two kinds of work, two pools, each as wide as what its tasks use. Waiting
    // needs channels, computing needs cores. Tempting: one pool of CHANNELS
    // workers. It computes four at a time on two cores, and the radio has to
    // wait for them.
    cf_with (channels, cf_thread_pool(.max_workers = CHANNELS)) {
        cf_with (cores, cf_thread_pool(.max_workers = CORES)) {
            for (int i = 0; i < count; i++) {
                calls[i] = cf_submit(channels, call_station, stations[i]);
            }
            const int begun = begin_forecasts(cores, calls, count, forecasts);
            tell_forecasts(forecasts, begun, &overview);
        }
    }

    // The blocks have closed both pools, whichever way goes on from here. No
    // stations is no special case: the loops have nothing to do.
    if (overview.windiest.wind >= STORM) {
        note_storm(&overview.windiest);
    } else {
        tell_overview(&overview);
    }
    return overview.told;
}
