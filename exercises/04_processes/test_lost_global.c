// Tests of 04_processes/lost_global. They bring the pictures, and the eye that
// looks at them: it notes, where all processes see it, in which one it looked.

#include "lost_global.h"

#include "wb_processes.h"

#include <inttypes.h>
#include <string.h>

// ----- what lost_global.h promises to bring -----

struct looks {
    pid_t caller;
    atomic_int in_the_caller;
    atomic_int elsewhere;
};

static struct looks *looks;  // shared with the workers
static struct wb_meeting *meeting;

bool is_star(char point)
{
    if (looks != NULL) {
        if (getpid() == looks->caller) {
            looks->in_the_caller++;
        } else {
            looks->elsewhere++;
        }
    }
    wb_meeting_attend(meeting);
    return point == '*';
}

// ----- the tests: one task -----

static void check_task(const char *picture, int64_t expected, const char *when)
{
    const cf_value stars = count_stars(cf_str(picture));
    WB_CHECK(strcmp(cf_kind_name(stars), "int") == 0,
             "count_stars returned a value of the kind \"%s\" for the picture "
             "\"%s\"; the number %" PRId64 " was expected",
             cf_kind_name(stars), picture, expected);
    WB_CHECK(cf_as_int(stars) == expected,
             "count_stars returned %" PRId64 " for the picture \"%s\"%s; "
             "%" PRId64 " was expected",
             cf_as_int(stars), picture, when, expected);
}

static void a_task_returns_the_stars_of_its_picture(void)
{
    check_task(".*.**", 3, "");
}

static void a_task_counts_anew(void)
{
    check_task("**.", 2, "");
    check_task("*.", 1, ", the second that it was given");
    check_task("", 0, ", the third that it was given");
}

// ----- the tests: all pictures -----

static int64_t count(const char *pictures[], size_t n)
{
    const int64_t stars = stars_in(pictures, n);
    WB_ALL_POOLS_CLOSED();  // else its processes are still there
    return stars;
}

static void check_sum(const char *pictures[], size_t n, int64_t expected)
{
    const int64_t stars = count(pictures, n);
    WB_CHECK(stars == expected,
             "stars_in returned %" PRId64 " for %zu pictures; %" PRId64
             " was expected, all their stars together",
             stars, n, expected);
}

static void the_stars_of_two_pictures_are_added_up(void)
{
    check_sum((const char *[]){"*..*", ".***"}, 2, 5);
}

// Some worker has several of them, whichever that is.
static void more_pictures_than_workers_are_added_up(void)
{
    check_sum((const char *[]){"*", "**", "*.*", "...", "*"}, 5, 6);
}

static void without_pictures_there_are_no_stars(void)
{
    check_sum(NULL, 0, 0);
}

static void the_second_night_is_counted_anew(void)
{
    const char *pictures[] = {"**", "*"};
    count(pictures, 2);
    const int64_t stars = count(pictures, 1);
    WB_CHECK(stars == 2,
             "Called for the second time, stars_in returned %" PRId64
             " for a picture of 2 stars; 2 was expected, whatever the first "
             "night had",
             stars);
}

static void pictures_are_looked_at_in_other_processes(void)
{
    looks = wb_share(sizeof *looks);
    looks->caller = getpid();
    count((const char *[]){"*..", ".*."}, 2);
    WB_CHECK(looks->in_the_caller == 0,
             "stars_in had is_star called in its own process (%d times), which "
             "a crash would have ended; only other processes were expected to",
             looks->in_the_caller);
    WB_EQUAL_INT(looks->elsewhere, 6);
}

static void one_pool_has_a_task_for_each_picture(void)
{
    struct cf_test_snapshot now;
    count((const char *[]){"*..", ".*.", "**"}, 3);
    cf_test_snapshot(&now);
    WB_CHECK(now.executors_opened == 1,
             "stars_in opened %zu pools for 3 pictures; one cf_process_pool "
             "was expected",
             now.executors_opened);
    WB_CHECK(now.submitted == 3,
             "stars_in handed its pool %zu tasks for 3 pictures; one for each "
             "was expected",
             now.submitted);
}

static void all_workers_look_at_once(void)
{
    meeting = wb_meeting_call(WORKERS);
    count((const char *[]){"*..", ".*."}, WORKERS);
    WB_MET("stars_in", meeting, "pictures");
}

static CU_TestInfo lost_global_tests[] = {
    {"a_task_returns_the_stars_of_its_picture",
     a_task_returns_the_stars_of_its_picture},
    {"a_task_counts_anew", a_task_counts_anew},
    {"the_stars_of_two_pictures_are_added_up",
     the_stars_of_two_pictures_are_added_up},
    {"more_pictures_than_workers_are_added_up",
     more_pictures_than_workers_are_added_up},
    {"without_pictures_there_are_no_stars",
     without_pictures_there_are_no_stars},
    {"the_second_night_is_counted_anew", the_second_night_is_counted_anew},
    {"pictures_are_looked_at_in_other_processes",
     pictures_are_looked_at_in_other_processes},
    {"one_pool_has_a_task_for_each_picture",
     one_pool_has_a_task_for_each_picture},
    {"all_workers_look_at_once", all_workers_look_at_once},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"lost_global", NULL, NULL, NULL, NULL, lost_global_tests},
    CU_SUITE_INFO_NULL,
};
