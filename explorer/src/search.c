// Many schedules, in worker processes that this parent supervises. A worker
// runs schedule after schedule in-process; when one ends in a crash, or leaves
// the process unusable, the worker is gone and the next one goes on.
//
// Phases, each only if the ones before found nothing:
//   1 default mode, sampled      random walk and PCT mixed
//   2 default mode, exhaustive   if the program is small enough
//   3 spurious wake-ups, sampled
//   4 hostile clock, sampled

#include "context.h"
#include "internal.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

double xp_real_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static bool time_is_up(void)
{
    return xp_real_seconds() - XPS->began > XPS->options.seconds;
}

// Races that were seen make more switch points, from the next schedule on.
static void adopt_racy_places(void)
{
    for (uint32_t n = 0; n < XPS->newly_racy_count; n++) {
        xp_adopt_racy(XPS->newly_racy[n]);
    }
    XPS->newly_racy_count = 0;
}

// Two searches are equal, choice by choice, when their digests are.
static void digest(uint64_t value)
{
    XPS->digest = (XPS->digest ^ value) * 0x100000001B3ULL;  // FNV-1a, by words
}

static void digest_schedule(void)
{
    digest(XPS->finding.bug);
    digest(XPS->steps);
    digest(XPS->points);
    digest((uint64_t)XPS->elapsed);
    for (uint32_t i = 0; i < XPS->deviation_count; i++) {
        digest((uint64_t)XPS->deviation[i].at << 32 | XPS->deviation[i].taken);
    }
}

// After a schedule: count, learn, and say whether the phase goes on.
static bool go_on(void)
{
    digest_schedule();
    XPS->also |= 1U << XPS->finding.bug;
    XPS->schedule++;
    XPS->schedule_in_phase++;
    XPS->interleavings += XPS->is_exhaustive ? XPS->covers : 0;
    XPS->per_mode[XPS->mode]++;
    if (XPS->points > XPS->max_points) {
        XPS->max_points = XPS->points;
    }
    if (xp_has_best() && !XPS->options.keep_going) {
        return false;
    }
    if (XPS->is_exhaustive && !xp_next_prefix()) {
        XPS->is_exhausted = true;
        return false;
    }
    XPS->out_of_time = XPS->schedule_in_phase % 16 == 0 && time_is_up();
    bool goes_on =
        XPS->schedule_in_phase < XPS->phase_limit && !XPS->out_of_time;
    if (goes_on) {
        adopt_racy_places();  // a trace needs those of its own schedule
    }
    return goes_on;
}

static void silence(void)
{
    int nowhere = open("/dev/null", O_WRONLY);
    if (nowhere >= 0) {
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        close(nowhere);
    }
}

enum { WORKER_GOES_ON = 10, WORKER_ENDS_PHASE = 11 };

static void work(bool only_one) __attribute__((noreturn));

static void work(bool only_one)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (!XPS->options.keep_output) {
        silence();
    }
    xp_catch_signals();
    if (!XPS->options.use_pthreads) {
        xp_fiber_prepare();
    }
    for (;;) {
        xp_run_schedule();
        if (only_one) {
            fflush(NULL);
            _exit(WORKER_ENDS_PHASE);
        }
        if (!go_on()) {
            _exit(WORKER_ENDS_PHASE);
        }
        if (XPS->options.fresh_process || xp_epochs_are_used_up()) {
            _exit(WORKER_GOES_ON);
        }
    }
}

// Runs a worker to its end. Returns its exit status, or -1 if it was killed.
static int supervise(bool only_one)
{
    XPS->is_finished = false;
    fflush(NULL);
    pid_t worker = fork();
    if (worker < 0) {
        perror("explorer: fork");
        exit(3);
    }
    if (worker == 0) {
        work(only_one);
    }
    return xp_await(worker);
}

// A worker that ended inside a schedule has told why, unless it was killed.
static bool phase_goes_on_after(int status)
{
    if (status == WORKER_ENDS_PHASE || status == WORKER_GOES_ON) {
        return status == WORKER_GOES_ON;
    }
    if (!XPS->is_finished) {
        XPS->finding.bug = XP_CRASH;
        XPS->finding.at = XPS->event_count;
        XPS->finding.note_count = 0;
        snprintf(XPS->finding.text, sizeof XPS->finding.text,
                 "the process of the program was killed, or ended itself");
    }
    return go_on();
}

static void run_phase(enum xp_mode mode, bool exhaustive, uint64_t limit)
{
    XPS->mode = mode;
    XPS->is_exhaustive = exhaustive;
    XPS->schedule_in_phase = 0;
    XPS->phase_limit = limit;
    XPS->prefix_count = 0;
    while (limit > 0 && phase_goes_on_after(supervise(false))) {
    }
}

static bool is_over(void)
{
    bool is_found = XPS->best.rank > 0 && !XPS->options.keep_going;
    return is_found || XPS->out_of_time;
}

// Two preemptions at any two of the points, each to one of a few threads, are
// about twice the square of their number. Is there a chance to try them all?
static bool is_small_enough(uint64_t limit)
{
    return 2 * XPS->max_points * XPS->max_points <= limit;
}

static void search_default(void)
{
    uint64_t schedules = XPS->options.schedules;
    if (XPS->options.sample_only || XPS->options.exhaust_only) {
        run_phase(XP_DEFAULT, XPS->options.exhaust_only, schedules);
        return;
    }
    uint64_t limit = schedules * XPS->options.exhaustive_share;
    run_phase(XP_DEFAULT, false,
              schedules < 4 ? schedules : schedules * 6 / 10);
    if (!is_over() && is_small_enough(limit) && schedules >= 4) {
        run_phase(XP_DEFAULT, true, limit);
    }
}

void xp_search(void)
{
    uint64_t schedules = XPS->options.schedules;
    int mode = XPS->options.mode;
    if (mode < 0 || mode == XP_DEFAULT) {
        search_default();
    }
    bool others_can_matter = XPS->max_points > 0 || mode > 0;
    if (!is_over() && others_can_matter && (mode < 0 || mode == XP_SPURIOUS)) {
        run_phase(XP_SPURIOUS, false, mode < 0 ? schedules / 5 : schedules);
    }
    if (!is_over() && others_can_matter && (mode < 0 || mode == XP_HOSTILE)) {
        run_phase(XP_HOSTILE, false, mode < 0 ? schedules / 5 : schedules);
    }
}

bool xp_replay_once(void)
{
    XPS->options.replaying = true;
    supervise(true);
    return XPS->is_finished && XPS->finding.bug != XP_CLEAN;
}
