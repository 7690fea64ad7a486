// Tests of 08_progress/submit_batch. They bring the frames, the jobs and the
// pool.
//
// No test hopes that something is quick enough. A job that has to be late stays
// at a gate where the test goes after submit_batch has returned. In the
// explorer's order it has begun by then; on real threads nothing is said of it
// if it hasn't.

#include "submit_batch.h"

#include "wb_test.h"

#include <cfutures_testing.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const double A_MOMENT = 0.01;  // seconds, for what is late however long

// ----- the frames -----

enum { NO_FRAME = -1, MOST_DRAWN = 20 };

static struct wb_gate drawing;    // where the frame `paused` goes first
static struct wb_gate drawn_now;  // where it goes then
static int paused = NO_FRAME;
static int drawn[MOST_DRAWN];
static atomic_int frames_drawn;

void draw_frame(int number)
{
    const int i = atomic_fetch_add(&frames_drawn, 1);
    if (i < MOST_DRAWN) {
        drawn[i] = number;
    }
    if (number == paused) {
        wb_gate_enter(&drawing);
        wb_gate_enter(&drawn_now);
    }
    wb_work(1.0, "drawing frame %d", number);
}

// ----- the jobs -----

static struct wb_gate after;     // submit_batch has returned
static struct wb_gate together;  // all jobs at once
static atomic_int stayed;        // jobs that were begun, and were late
static atomic_int heard_a_request;

static cf_value stay(cf_value nothing)
{
    stayed++;
    wb_gate_enter(&after);
    if (cf_stopping()) {
        heard_a_request++;
    }
    return nothing;
}

static cf_value answer(cf_value question)
{
    return cf_format("answer to %s", cf_as_str(question));
}

static cf_value fail(cf_value question)
{
    return cf_fail(EDOM, "no answer to %s", cf_as_str(question));
}

static cf_value meet(cf_value question)
{
    wb_gate_enter(&together);
    return answer(question);
}

// ----- what the tests share -----

static void check_late(const struct outcome outcomes[], const bool expected[],
                       int count)
{
    for (int i = 0; i < count; i++) {
        WB_CHECK(
            outcomes[i].is_late == expected[i],
            "submit_batch left %s in outcomes[%d].is_late, but jobs[%d] was %s",
            outcomes[i].is_late ? "true" : "false", i, i,
            expected[i] ? "late" : "done in time");
    }
}

static void check_number(const struct outcome outcomes[], int count, int late)
{
    int told = 0;
    for (int i = 0; i < count; i++) {
        told += outcomes[i].is_late;
    }
    WB_CHECK(told == late,
             "submit_batch returned %d, and %d of %d outcomes say that their "
             "job is late",
             late, told, count);
}

static void check_kept(const struct outcome outcomes[], int i,
                       const char *expected)
{
    const cf_value result = outcomes[i].result;
    WB_CHECK(
        strcmp(cf_kind_name(result), "text") == 0,
        "submit_batch left a value of the kind \"%s\" in outcomes[%d].result; "
        "the text \"%s\" was expected, which jobs[%d] returned in time",
        cf_kind_name(result), i, expected, i);
    WB_CHECK(strcmp(cf_as_str(result), expected) == 0,
             "submit_batch put \"%s\" into outcomes[%d].result; \"%s\" was "
             "expected, which jobs[%d] returned in time",
             cf_as_str(result), i, expected, i);
}

// Goes to the job that stays, if it has begun.
static void check_did_not_wait(void)
{
    WB_CHECK(stayed == 0 || wb_gate_enter(&after),
             "The time was over and a job still running; submit_batch waited "
             "for it. It was expected to return without it");
}

// ----- a film -----

static void check_film(cf_future *film, int expected)
{
    WB_CHECK(frames_drawn == expected,
             "render drew %d frames; %d were expected", frames_drawn, expected);
    for (int i = 0; i < expected; i++) {
        WB_CHECK(drawn[i] == i,
                 "As number %d render drew the frame %d; %d was expected",
                 i + 1, drawn[i], i);
    }
    const cf_value result = cf_result(film);
    WB_CHECK(strcmp(cf_kind_name(result), "int") == 0,
             "render returned a value of the kind \"%s\"; the number %d was "
             "expected, since all frames were drawn",
             cf_kind_name(result), expected);
    WB_EQUAL_INT(cf_as_int(result), expected);
}

// Asks a film to stop while it draws a certain frame.
static cf_future *stop_during(cf_executor *pool, int frame, int frames)
{
    wb_gate_init(&drawing, 2);
    wb_gate_init(&drawn_now, 2);
    paused = frame;
    cf_future *film = cf_submit(pool, render, frames);
    wb_gate_enter(&drawing);
    cf_stop(film);
    wb_gate_enter(&drawn_now);
    cf_exception(film);
    return film;
}

static void a_film_is_drawn_frame_by_frame(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *film = cf_submit(pool, render, 4);
        cf_exception(film);
        check_film(film, 4);
    }
}

static void asked_to_stop_it_draws_no_further_frame(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        const cf_error *error = cf_exception(stop_during(pool, 1, 5));
        WB_CHECK(frames_drawn == 2,
                 "A film of 5 frames was asked to stop during frame 1; render "
                 "drew %d frames in all, 2 were expected",
                 frames_drawn);
        WB_CHECK(error != NULL && error->code == CF_ECANCELLED,
                 "A film was asked to stop after 2 of 5 frames, and render %s; "
                 "the error CF_ECANCELLED was expected",
                 error == NULL ? "returned no error"
                               : "returned another error");
        WB_EQUAL_STR(error->message, "stopped after 2 of 5 frames");
    }
}

static void asked_during_its_last_frame_it_is_complete(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        check_film(stop_during(pool, 2, 3), 3);
    }
}

// ----- in time -----

static void what_is_done_in_time_is_kept(void)
{
    const struct job jobs[] = {{answer, cf_str("why")},
                               {fail, cf_str("when")},
                               {answer, cf_str("who")}};
    // Whatever stood there before, submit_batch says what is so.
    struct outcome outcomes[] = {
        {.is_late = true}, {.is_late = true}, {.is_late = true}};
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        const int late = submit_batch(pool, jobs, 3, CF_FOREVER, outcomes);
        check_late(outcomes, (bool[]){false, false, false}, 3);
        check_number(outcomes, 3, late);
        check_kept(outcomes, 0, "answer to why");
        check_kept(outcomes, 2, "answer to who");
        const cf_error *error = cf_as_error(outcomes[1].result);
        WB_CHECK(error != NULL,
                 "submit_batch left a value of the kind \"%s\" in "
                 "outcomes[1].result; an error was expected, which jobs[1] "
                 "returned in time",
                 cf_kind_name(outcomes[1].result));
        WB_EQUAL_STR(error->message, "no answer to when");
    }
}

// The gate stays closed until everybody else waits: the first job is done by
// then, and submit_batch knows it.
static void without_a_limit_all_are_waited_for(void)
{
    const struct job jobs[] = {{answer, cf_str("why")}, {meet, cf_str("who")}};
    struct outcome outcomes[MOST_JOBS] = {0};
    int late = -1;
    wb_gate_init(&together, 2);
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        late = submit_batch(pool, jobs, 2, CF_FOREVER, outcomes);
    }
    WB_CHECK(late == 0 && !outcomes[1].is_late,
             "There was no limit, and submit_batch returned while a job was "
             "running, with %d told as late; it was expected to wait for all",
             late);
}

static void without_jobs_nothing_is_late(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        check_number(NULL, 0, submit_batch(pool, NULL, 0, CF_FOREVER, NULL));
    }
}

static void the_given_pool_does_the_work_and_stays_open(void)
{
    const struct job jobs[] = {{answer, cf_str("why")},
                               {answer, cf_str("who")}};
    struct outcome outcomes[MOST_JOBS] = {0};
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        submit_batch(pool, jobs, 2, CF_FOREVER, outcomes);
        struct cf_test_snapshot now;
        cf_test_snapshot(&now);
        WB_CHECK(now.executors_opened == 1,
                 "This test and your code opened %zu pools; one was expected, "
                 "the test's, which submit_batch was given",
                 now.executors_opened);
        WB_CHECK(cf_exception(cf_submit(pool, answer, "what")) == NULL,
                 "After submit_batch returned, the caller's pool took no more "
                 "tasks; it was expected to stay open");
    }
}

static void all_jobs_are_under_way_at_once(void)
{
    const struct job jobs[] = {
        {meet, cf_str("why")}, {meet, cf_str("when")}, {meet, cf_str("who")}};
    wb_gate_init(&together, 3);
    struct outcome outcomes[MOST_JOBS] = {0};
    cf_with (pool, cf_thread_pool(.max_workers = 3)) {
        submit_batch(pool, jobs, 3, CF_FOREVER, outcomes);
    }
    WB_OPENED(&together, "jobs");
}

// One more is needed than will ever come, so the gate keeps everybody inside
// until it has seen how the caller waits: asleep, or asking again and again.
static void the_caller_sleeps_while_jobs_run(void)
{
    const struct job jobs[] = {{meet, cf_str("why")}, {meet, cf_str("who")}};
    wb_gate_init(&together, 3);
    struct outcome outcomes[MOST_JOBS] = {0};
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        submit_batch(pool, jobs, 2, CF_FOREVER, outcomes);
    }
    WB_CHECK(together.state != WB_GATE_SPINNING,
             "While the jobs were running, submit_batch asked \"done yet?\" %d "
             "times and more; it was expected to sleep until all are done, or "
             "the time is over",
             WB_MANY_POLLS);
}

// ----- late -----

// There is room for three jobs at a time, so the fourth is submitted when one
// of the answers is there: the first of them, on the worker that does not stay.
static void a_late_job_is_told_and_the_rest_kept(void)
{
    const struct job jobs[] = {{stay, cf_none()},
                               {answer, cf_str("why")},
                               {answer, cf_str("when")},
                               {answer, cf_str("who")}};
    struct outcome outcomes[MOST_JOBS] = {0};
    wb_gate_init(&after, 2);
    cf_with (pool, cf_thread_pool(.max_workers = 2, .max_pending = 1)) {
        const int late = submit_batch(pool, jobs, 4, A_MOMENT, outcomes);
        check_did_not_wait();
        check_late(outcomes, (bool[]){true, false}, 2);
        check_kept(outcomes, 1, "answer to why");
        check_number(outcomes, 4, late);
    }
}

// The only worker stays with the first job. Neither can be done in time.
static void stop_one_and_take_one_back(void)
{
    const struct job jobs[] = {{stay, cf_none()}, {stay, cf_none()}};
    struct outcome outcomes[MOST_JOBS] = {0};
    wb_gate_init(&after, 2);
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        const int late = submit_batch(pool, jobs, 2, A_MOMENT, outcomes);
        check_did_not_wait();
        check_late(outcomes, (bool[]){true, true}, 2);
        check_number(outcomes, 2, late);
    }
}

static void what_is_taken_back_is_late_too(void)
{
    stop_one_and_take_one_back();
}

static void what_runs_is_asked_to_stop(void)
{
    stop_one_and_take_one_back();
    WB_CHECK(stayed == 0 || heard_a_request > 0,
             "The time was over and a job still running; when submit_batch had "
             "returned, cf_stopping was false in the job. It was expected to "
             "be asked to stop");
}

static void what_nobody_has_begun_is_taken_back(void)
{
    stop_one_and_take_one_back();
    WB_CHECK(
        stayed <= 1,
        "The time was over and a job still in the queue; it was begun after "
        "submit_batch had returned. It was expected to be taken back");
}

// Films of 9 frames, a second each, with a limit of 2.25 seconds. The end of
// the block waits for what still runs.
static void the_pool_is_free_soon_after_the_time(void)
{
    const struct job jobs[] = {{answer, cf_str("why")},
                               {render, cf_int(9)},
                               {render, cf_int(9)},
                               {render, cf_int(9)}};
    struct outcome outcomes[MOST_JOBS] = {0};
    cf_with (pool, cf_thread_pool(.max_workers = 4)) {
        const int late = submit_batch(pool, jobs, 4, 2.25, outcomes);
        wb_work(0.1, "submit_batch has returned");
        WB_CHECK(late >= 0 && late <= 3,
                 "submit_batch returned %d; at most 3 films were late", late);
    }
}

// ----- other processes -----

// Ends when it is asked to.
static cf_value listen_only(cf_value nothing)
{
    const struct timespec pause = {.tv_nsec = 1000000};
    while (!cf_stopping()) {
        nanosleep(&pause, NULL);
    }
    return nothing;
}

static void read_text(cf_value value, char text[], size_t size)
{
    const bool is_text = strcmp(cf_kind_name(value), "text") == 0;
    snprintf(text, size, "%s",
             cf_failed(value) ? cf_as_error(value)->message
             : is_text        ? cf_as_str(value)
                              : cf_kind_name(value));
}

// Checked behind the block, where no process is left. That ends only because
// the last job was asked to.
static void a_pool_of_processes_will_do(void)
{
    const struct job quick[] = {{answer, cf_str("why")},
                                {fail, cf_str("when")}};
    const struct job slow[] = {{listen_only, cf_none()}};
    struct outcome outcomes[MOST_JOBS] = {0};
    char first[160] = "";
    char second[160] = "";
    int late = -1;
    cf_with (pool, cf_process_pool(.max_workers = 2)) {
        submit_batch(pool, quick, 2, CF_FOREVER, outcomes);
        read_text(outcomes[0].result, first, sizeof first);
        read_text(outcomes[1].result, second, sizeof second);
        late = submit_batch(pool, slow, 1, A_MOMENT, outcomes);
    }
    WB_CHECK(strcmp(first, "answer to why") == 0 &&
                 strcmp(second, "no answer to when") == 0,
             "On a pool of processes submit_batch kept \"%s\" and \"%s\"; "
             "\"answer to why\" and \"no answer to when\" were expected, "
             "which the jobs returned",
             first, second);
    WB_CHECK(late == 1,
             "On a pool of processes a job was running when the time was over, "
             "and submit_batch returned %d; 1 was expected",
             late);
}

// ----- for the explorer: a job may be done at any moment -----

static void each_job_is_kept_or_late(void)
{
    const struct job jobs[] = {{answer, cf_str("why")},
                               {answer, cf_str("who")}};
    struct outcome outcomes[MOST_JOBS] = {0};
    cf_with (pool, cf_thread_pool(.max_workers = 2)) {
        const int late = submit_batch(pool, jobs, 2, 0, outcomes);
        check_number(outcomes, 2, late);
        if (!outcomes[0].is_late) {
            check_kept(outcomes, 0, "answer to why");
        }
        if (!outcomes[1].is_late) {
            check_kept(outcomes, 1, "answer to who");
        }
    }
}

static CU_TestInfo submit_batch_tests[] = {
    {"a_film_is_drawn_frame_by_frame", a_film_is_drawn_frame_by_frame},
    {"asked_to_stop_it_draws_no_further_frame",
     asked_to_stop_it_draws_no_further_frame},
    {"asked_during_its_last_frame_it_is_complete",
     asked_during_its_last_frame_it_is_complete},
    {"what_is_done_in_time_is_kept", what_is_done_in_time_is_kept},
    {"without_a_limit_all_are_waited_for", without_a_limit_all_are_waited_for},
    {"without_jobs_nothing_is_late", without_jobs_nothing_is_late},
    {"the_given_pool_does_the_work_and_stays_open",
     the_given_pool_does_the_work_and_stays_open},
    {"all_jobs_are_under_way_at_once", all_jobs_are_under_way_at_once},
    {"the_caller_sleeps_while_jobs_run", the_caller_sleeps_while_jobs_run},
    {"a_late_job_is_told_and_the_rest_kept",
     a_late_job_is_told_and_the_rest_kept},
    {"what_is_taken_back_is_late_too", what_is_taken_back_is_late_too},
    {"what_runs_is_asked_to_stop", what_runs_is_asked_to_stop},
    {"what_nobody_has_begun_is_taken_back",
     what_nobody_has_begun_is_taken_back},
    {"the_pool_is_free_soon_after_the_time",
     the_pool_is_free_soon_after_the_time},
    {"a_pool_of_processes_will_do", a_pool_of_processes_will_do},
    {"each_job_is_kept_or_late", each_job_is_kept_or_late},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"submit_batch", NULL, NULL, NULL, NULL, submit_batch_tests},
    CU_SUITE_INFO_NULL,
};
