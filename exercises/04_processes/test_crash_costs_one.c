// Tests of 04_processes/crash_costs_one. They bring the album. A page that
// crashes kills its process; but the test's own, in which nobody should read,
// is spared, so that the test can say what would have come of it.

#include "crash_costs_one.h"

#include "wb_processes.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

// ----- what crash_costs_one.h promises to bring -----

// In memory that the workers share.
struct album {
    pid_t caller;
    atomic_int crashed_in_the_caller;
    atomic_int readings[MOST_PAGES];
};

static struct album *album;
static struct wb_meeting *meeting;

// Pages are called "plain 0", "torn 1", "bad 2": how they are, and which it is.
cf_value read_page(cf_value name)
{
    char kind[MOST_TEXT];
    int number = 0;
    sscanf(cf_as_str(name), "%9s %d", kind, &number);
    album->readings[number]++;
    wb_meeting_attend(meeting);
    if (strcmp(kind, "torn") == 0) {
        return cf_fail(EIO, "page %d is torn", number);
    }
    if (strcmp(kind, "bad") == 0 && getpid() != album->caller) {
        kill(getpid(), SIGKILL);
    }
    if (strcmp(kind, "bad") == 0) {
        album->crashed_in_the_caller++;
    }
    return cf_format("the text of page %d", number);
}

// ----- the tests -----

static const char *name_of_fate(enum fate fate)
{
    return fate == READ         ? "READ"
           : fate == UNREADABLE ? "UNREADABLE"
           : fate == CRASHED    ? "CRASHED"
                                : "none of the three";
}

static enum fate expected_fate(const char *name)
{
    return name[0] == 'p' ? READ : name[0] == 't' ? UNREADABLE : CRASHED;
}

static void check_page(const char *name, const struct page *page, int i)
{
    const enum fate fate = expected_fate(name);
    char text[MOST_TEXT] = "";
    if (fate != CRASHED) {
        snprintf(text, sizeof text,
                 fate == READ ? "the text of page %d" : "page %d is torn", i);
    }
    WB_CHECK(page->fate == fate,
             "read_all left the fate %s for the page \"%s\"; %s was expected",
             name_of_fate(page->fate), name, name_of_fate(fate));
    WB_CHECK(strncmp(page->text, text, MOST_TEXT) == 0,
             "read_all left the text \"%.*s\" for the page \"%s\"; \"%s\" was "
             "expected",
             MOST_TEXT - 1, page->text, name, text);
}

static int read_them(const char *names[], int count, struct page pages[])
{
    album = wb_share(sizeof *album);
    album->caller = getpid();
    const int crashed = read_all(names, count, pages);
    WB_ALL_POOLS_CLOSED();  // else its processes are still there
    return crashed;
}

static void check_album(const char *names[], int count)
{
    struct page pages[MOST_PAGES];
    memset(pages, 0x55, sizeof pages);  // whatever was there before
    const int crashed = read_them(names, count, pages);
    int expected = 0;
    WB_CHECK(album->crashed_in_the_caller == 0,
             "read_all had read_page crash in its own process; that would have "
             "been the end of the program. Only a worker's process was "
             "expected to end");
    for (int i = 0; i < count; i++) {
        check_page(names[i], &pages[i], i);
        expected += expected_fate(names[i]) == CRASHED;
        WB_CHECK(album->readings[i] == 1,
                 "read_all had the page \"%s\" read %d times; once was "
                 "expected, whatever comes of it",
                 names[i], album->readings[i]);
    }
    WB_CHECK(crashed == expected,
             "read_all returned %d; %d of the pages had crashed", crashed,
             expected);
}

static void plain_pages_are_read(void)
{
    check_album((const char *[]){"plain 0", "plain 1", "plain 2"}, 3);
}

static void an_error_is_no_crash(void)
{
    check_album((const char *[]){"plain 0", "torn 1", "plain 2"}, 3);
}

static void without_pages_nothing_crashes(void)
{
    check_album(NULL, 0);
}

static void a_crash_costs_its_page_alone(void)
{
    check_album((const char *[]){"plain 0", "bad 1", "plain 2", "torn 3",
                                 "plain 4", "plain 5"},
                6);
}

static void more_pages_may_crash_than_there_are_workers(void)
{
    check_album((const char *[]){"bad 0", "bad 1", "bad 2", "plain 3", "bad 4"},
                5);
}

static void one_pool_reads_all_pages(void)
{
    struct page pages[MOST_PAGES];
    struct cf_test_snapshot now;
    read_them((const char *[]){"plain 0", "bad 1", "plain 2"}, 3, pages);
    cf_test_snapshot(&now);
    WB_CHECK(now.executors_opened == 1,
             "read_all opened %zu pools for 3 pages; one cf_process_pool was "
             "expected, which replaces a worker that has died",
             now.executors_opened);
}

static void all_workers_read_at_once(void)
{
    struct page pages[MOST_PAGES];
    meeting = wb_meeting_call(WORKERS);
    read_them((const char *[]){"plain 0", "plain 1"}, WORKERS, pages);
    WB_MET("read_all", meeting, "pages");
}

static CU_TestInfo crash_costs_one_tests[] = {
    {"plain_pages_are_read", plain_pages_are_read},
    {"an_error_is_no_crash", an_error_is_no_crash},
    {"without_pages_nothing_crashes", without_pages_nothing_crashes},
    {"a_crash_costs_its_page_alone", a_crash_costs_its_page_alone},
    {"more_pages_may_crash_than_there_are_workers",
     more_pages_may_crash_than_there_are_workers},
    {"one_pool_reads_all_pages", one_pool_reads_all_pages},
    {"all_workers_read_at_once", all_workers_read_at_once},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"crash_costs_one", NULL, NULL, NULL, NULL, crash_costs_one_tests},
    CU_SUITE_INFO_NULL,
};
