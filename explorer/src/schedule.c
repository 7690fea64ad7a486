// One schedule in this process, from the pristine program: its data and its
// heap as they were before main (snapshot.c), and nothing else of this process
// touched.

#include "context.h"
#include "internal.h"

#include <string.h>

int xp_program_main(int argc, char **argv,
                    char **environment);  // the program's main

static const uint64_t BEGAN =
    1700000000ULL * 1000000000ULL;  // virtual, since 1970

static void begin_state(void)
{
    XP->run++;
    xp_shadow_begin();
    xp_past_begin();
    XP->objects_used = 0;
    XP->current = XP->thread_count = XP->live_threads = 0;
    XP->threads_allowed = UINT64_MAX;
    XP->is_end_forbidden = false;
    XP->now = XP->began = BEGAN;
    XP->steps = XP->points = XP->accesses = XP->last_change = 0;
    XP->loop_suspected_at = XP_ACCESSES_BEFORE_YIELD;
    XP->last_ran = XP->runs_alone = 0;
    XP->racy_before = XP->racy_now = (struct xp_racy_step){0};
    XP->random_state_of_program = 1;
    xp_signals_begin();
    memset(XP->key_destructor, 0, sizeof XP->key_destructor);
    memset(XP->key_in_use, 0, sizeof XP->key_in_use);
    XP->key_limit = 0;
    XPS->finding.bug = XPS->harm.bug = XP_CLEAN;
    XPS->is_finished = false;
    XPS->covers = 1;
    XPS->event_count = XPS->work_count = XPS->name_count = 0;
}

static void *program(void *unused)
{
    (void)unused;
    int code =
        xp_program_main(XP->main_argc, XP->main_argv, XP->main_environment);
    XP_SELF->call_depth = 0;
    xp_program_returned(code);
}

void xp_run_schedule(void)
{
    xp_restore();
    begin_state();
    XP->mode = XPS->mode;
    xp_strategy_begin(XPS->schedule_in_phase);
    xp_thread_create(NULL, program, NULL, false, 0);
    XP->is_active = true;
    xp_context_run();
}
