// Tests of 09_pitfalls/wrong_executor. They bring the pages and the machine.
//
// How many are at work at once is seen at gates. How long it takes is read from
// the virtual clock, which knows nothing of processors: that there are never
// more counts than processors, a gate says.

#include "wrong_executor.h"

#include "wb_test.h"

#include <cfutures_testing.h>
#include <stdatomic.h>
#include <string.h>

// ----- what wrong_executor.h promises to bring -----

struct page {
    const char *address;
    int words;           // less than 0: it can't be downloaded
    double downloading;  // seconds on the virtual clock
    double counting;
};

static const struct page *pages;
static int page_count;
static int machine = 2;  // processors

static struct wb_gate *downloading;  // where downloads meet, or NULL
static struct wb_gate *counting;     // likewise

static atomic_int downloads;
static atomic_int counts;
static atomic_int outside_of_tasks;
static atomic_int misused;  // calls of a step with what is not its input

int processors(void)
{
    return machine;
}

static void enter(struct wb_gate *gate)
{
    outside_of_tasks += !cf_test_in_task();
    if (gate != NULL) {
        wb_gate_enter(gate);
    }
}

// The page that a text is about, which is its address.
static const struct page *page_of(cf_value text)
{
    for (int i = 0; strcmp(cf_kind_name(text), "text") == 0 && i < page_count;
         i++) {
        if (strcmp(cf_as_str(text), pages[i].address) == 0) {
            return &pages[i];
        }
    }
    misused++;
    return NULL;
}

cf_value download(cf_value address)
{
    downloads++;
    enter(downloading);
    const struct page *page = page_of(address);
    if (page == NULL) {
        return cf_fail(CF_EBROKEN, "download got no address");
    }
    wb_work(page->downloading, "downloading %s", page->address);
    if (page->words < 0) {
        return cf_fail(CF_ETIMEOUT, "%s does not answer", page->address);
    }
    return cf_format("%s", page->address);
}

cf_value count_words(cf_value text)
{
    counts++;
    enter(counting);
    const struct page *page = page_of(text);
    if (page == NULL || page->words < 0) {
        return cf_int(0);
    }
    wb_work(page->counting, "counting %s", page->address);
    return cf_int(page->words);
}

// ----- what the tests share -----

static int64_t words_of_pages(const struct page *some, int count)
{
    pages = some;
    page_count = count;
    const char *addresses[MOST_PAGES];
    for (int i = 0; i < count; i++) {
        addresses[i] = some[i].address;
    }
    return words_of(addresses, count);
}

static void check_words(int64_t words, int expected)
{
    WB_CHECK(misused == 0,
             "A step got what is not its input: download needs an address, "
             "count_words a page. An error is no page");
    WB_CHECK(words == expected,
             "words_of returned %lld; the pages that could be downloaded have "
             "%d words",
             (long long)words, expected);
}

static const struct page six_pages[MOST_PAGES] = {
    {.address = "one", .words = 1},      {.address = "two", .words = 20},
    {.address = "three", .words = 300},  {.address = "four", .words = 4000},
    {.address = "five", .words = 50000}, {.address = "six", .words = 600000},
};

// ----- who is at work at once -----

static void all_downloads_are_under_way_at_once(void)
{
    static struct wb_gate gate;
    wb_gate_init(&gate, MOST_PAGES);
    downloading = &gate;
    words_of_pages(six_pages, MOST_PAGES);
    WB_OPENED(&gate, "downloads");
}

// One more is needed than will come: the gate sees how the caller waits.
static void the_caller_sleeps_during_the_downloads(void)
{
    static struct wb_gate gate;
    wb_gate_init(&gate, 3);
    downloading = &gate;
    words_of_pages(six_pages, 2);
    WB_CHECK(gate.state != WB_GATE_SPINNING,
             "While the pages were downloaded, your code asked \"done yet?\" "
             "%d times and more; it was expected to sleep until one is there",
             WB_MANY_POLLS);
}

// All pages are there at the same moment.
static void never_more_counts_than_processors(void)
{
    static struct wb_gate arrival, gate;
    machine = 2;
    wb_gate_init(&arrival, MOST_PAGES);
    downloading = &arrival;
    wb_gate_init(&gate, 3);
    counting = &gate;
    words_of_pages(six_pages, MOST_PAGES);
    WB_CHECK(counts > 0, "No page was counted");
    WB_CHECK(gate.most_inside <= 2,
             "On 2 processors there must never be more than 2 counts under way "
             "at once; there were %zu. How many workers has the pool on which "
             "they run?",
             gate.most_inside);
}

static void every_processor_counts(void)
{
    static struct wb_gate gate;
    machine = 3;
    wb_gate_init(&gate, 3);
    counting = &gate;
    words_of_pages(six_pages, MOST_PAGES);
    WB_OPENED(&gate, "counts");
}

// ----- the virtual clock -----

static void downloads_take_as_long_as_one(void)
{
    static const struct page slow[MOST_PAGES] = {
        {"one", 1, 4, 1},  {"two", 2, 4, 1},  {"three", 3, 4, 1},
        {"four", 4, 4, 1}, {"five", 5, 4, 1}, {"six", 6, 4, 1},
    };
    machine = 2;
    check_words(words_of_pages(slow, MOST_PAGES), 1 + 2 + 3 + 4 + 5 + 6);
}

// The first page is the last to be there.
static void a_page_is_counted_while_others_are_downloaded(void)
{
    static const struct page slow[MOST_PAGES] = {
        {"one", 1, 6, 2},  {"two", 2, 5, 2},  {"three", 3, 4, 2},
        {"four", 4, 3, 2}, {"five", 5, 2, 2}, {"six", 6, 1, 2},
    };
    machine = 2;
    check_words(words_of_pages(slow, MOST_PAGES), 1 + 2 + 3 + 4 + 5 + 6);
}

// ----- the result -----

static void the_words_of_all_pages_are_added(void)
{
    check_words(words_of_pages(six_pages, MOST_PAGES), 654321);
    WB_CHECK(downloads == MOST_PAGES && counts == MOST_PAGES,
             "Of %d pages, %d were downloaded and %d counted; each was "
             "expected to be, once",
             MOST_PAGES, downloads, counts);
    WB_CHECK(outside_of_tasks == 0,
             "%d downloads or counts were made outside of tasks; each was "
             "expected to be the work of a pool",
             outside_of_tasks);
    WB_ALL_POOLS_CLOSED();
}

static void a_page_that_cannot_be_had_has_no_words(void)
{
    static const struct page some[] = {
        {.address = "good", .words = 7},
        {.address = "bad", .words = -1},
        {.address = "fine", .words = 10},
    };
    check_words(words_of_pages(some, 3), 17);
    WB_ALL_POOLS_CLOSED();
}

static void without_pages_there_are_no_words(void)
{
    check_words(words_of_pages(six_pages, 0), 0);
    WB_ALL_POOLS_CLOSED();
}

// ----- for the explorer -----

static void two_pages_may_arrive_in_any_order(void)
{
    machine = 2;
    check_words(words_of_pages(six_pages, 2), 21);
}

static void one_page_may_fail_while_another_is_counted(void)
{
    static const struct page some[] = {
        {.address = "good", .words = 7},
        {.address = "bad", .words = -1},
    };
    machine = 1;
    check_words(words_of_pages(some, 2), 7);
    WB_ALL_POOLS_CLOSED();
}

static CU_TestInfo words_of_tests[] = {
    {"all_downloads_are_under_way_at_once",
     all_downloads_are_under_way_at_once},
    {"the_caller_sleeps_during_the_downloads",
     the_caller_sleeps_during_the_downloads},
    {"never_more_counts_than_processors", never_more_counts_than_processors},
    {"every_processor_counts", every_processor_counts},
    {"downloads_take_as_long_as_one", downloads_take_as_long_as_one},
    {"a_page_is_counted_while_others_are_downloaded",
     a_page_is_counted_while_others_are_downloaded},
    {"the_words_of_all_pages_are_added", the_words_of_all_pages_are_added},
    {"a_page_that_cannot_be_had_has_no_words",
     a_page_that_cannot_be_had_has_no_words},
    {"without_pages_there_are_no_words", without_pages_there_are_no_words},
    {"two_pages_may_arrive_in_any_order", two_pages_may_arrive_in_any_order},
    {"one_page_may_fail_while_another_is_counted",
     one_page_may_fail_while_another_is_counted},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"words_of", NULL, NULL, NULL, NULL, words_of_tests},
    CU_SUITE_INFO_NULL,
};
