// The process of an explored program: reads the options, searches (or replays),
// makes the failing trace small, records it once more for showing, reports.
//
// Options come in the environment, so that the program's own arguments stay
// its own: XP_OPTIONS="schedules=2000,seconds=10,seed=1,mode=all,report=3,..."

#include "context.h"
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// How much is tried. Real threads take a process a schedule, so that it is less
// on them, unless the number of schedules is given.
enum { SCHEDULES = 2000, EXHAUSTIVE_SHARE = 25 };
enum { SCHEDULES_ON_THREADS = 500, EXHAUSTIVE_SHARE_ON_THREADS = 4 };

static void set_defaults(struct xp_options *options)
{
    *options = (struct xp_options){
        .seconds = 10,
        .seed = 1,
        .max_steps = 20000,
        .bound = 2,
        .mode = -1,
        .looks_for_leaks = true,
        .checks_heap = true,
        .report_fd = STDOUT_FILENO,
    };
}

static int mode_of(const char *name)
{
    for (int mode = 0; mode < XP_MODES; mode++) {
        if (strcmp(name, xp_mode_name((enum xp_mode)mode)) == 0) {
            return mode;
        }
    }
    return -1;
}

static bool set_option(struct xp_options *options, const char *name,
                       const char *value)
{
    const struct {
        const char *name;
        uint64_t *number;
    } numbers[] = {
        {"schedules", &options->schedules},
        {"seed", &options->seed},
        {"steps", &options->max_steps},
        {"bound", &options->bound},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (strcmp(name, numbers[i].name) == 0) {
            *numbers[i].number = strtoull(value, NULL, 10);
            return true;
        }
    }
    const struct {
        const char *name;
        bool *flag;
    } flags[] = {
        {"pthreads", &options->use_pthreads},
        {"fresh", &options->fresh_process},
        {"output", &options->keep_output},
        {"keep_going", &options->keep_going},    // after a bug; for tests
        {"follow_all", &options->follow_all},    // states known, too; for tests
        {"sample_only", &options->sample_only},  // these two to measure
        {"exhaust_only", &options->exhaust_only},
        {"leaks", &options->looks_for_leaks},
        {"heap", &options->checks_heap},
    };
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        if (strcmp(name, flags[i].name) == 0) {
            *flags[i].flag = strcmp(value, "1") == 0;
            return true;
        }
    }
    if (strcmp(name, "seconds") == 0) {
        options->seconds = strtod(value, NULL);
    } else if (strcmp(name, "mode") == 0) {
        options->mode = mode_of(value);
    } else if (strcmp(name, "report") == 0) {
        options->report_fd = atoi(value);
    } else if (strcmp(name, "trace") == 0) {
        snprintf(options->trace_path, sizeof options->trace_path, "%s", value);
    } else {
        return false;
    }
    return true;
}

static void read_options(struct xp_options *options)
{
    set_defaults(options);
    const char *given = getenv("XP_OPTIONS");
    char *text = strdup(given != NULL ? given : "");
    for (char *word = strtok(text, ","); word != NULL;
         word = strtok(NULL, ",")) {
        char *value = strchr(word, '=');
        if (value != NULL) {
            *value++ = '\0';
        }
        if (value == NULL || !set_option(options, word, value)) {
            fprintf(stderr, "explorer: XP_OPTIONS: '%s' is not understood\n",
                    word);
            exit(2);
        }
    }
    free(text);
    unsetenv("XP_OPTIONS");
}

// Fibers, unless told otherwise or where they do not work.
static void choose_backend(struct xp_options *options)
{
    XPS->why_threads = "asked for";
    if (!options->use_pthreads) {
        XPS->why_threads = xp_why_no_fibers();
        options->use_pthreads = XPS->why_threads != NULL;
    }
    options->fresh_process |= options->use_pthreads;
}

static void choose_budget(struct xp_options *options)
{
    bool is_given = options->schedules != 0;
    bool is_small = options->use_pthreads && !is_given;
    options->exhaustive_share =
        is_small ? EXHAUSTIVE_SHARE_ON_THREADS : EXHAUSTIVE_SHARE;
    if (!is_given) {
        options->schedules = is_small ? SCHEDULES_ON_THREADS : SCHEDULES;
    }
}

static void record(void)
{
    XPS->options.is_recording = true;
    xp_replay_once();
}

// Makes the trace of what was found small, and runs it once more for showing.
static void show_best(void)
{
    xp_take_best();
    xp_minimise();
    record();
    if (XPS->finding.bug == XP_CLEAN) {
        xp_take_best();  // the program depends on something outside of it
        XPS->does_not_replay = true;
    }
}

static void replay(const char *path)
{
    if (!xp_trace_read(path)) {
        fprintf(stderr, "explorer: %s is no trace that can be read\n", path);
        exit(2);
    }
    record();
    XPS->schedule = 1;
}

int main(int argc, char **argv, char **environment)
{
    xp_map_state();
    read_options(&XPS->options);
    choose_backend(&XPS->options);
    choose_budget(&XPS->options);
    XP->main_argc = argc;
    XP->main_argv = argv;
    XP->main_environment = environment;
    xp_take_snapshot();
    XPS->began = xp_real_seconds();
    if (XPS->options.trace_path[0] != '\0') {
        replay(XPS->options.trace_path);
    } else {
        xp_search();
        if (XPS->best.rank > 0) {
            show_best();
        }
    }
    xp_report();
    return XPS->finding.bug == XP_CLEAN ? 0 : 1;
}
