// Tests of review_1/invite. They bring the friends and the seats.
//
// How many friends are called after the last seat is taken would be a matter of
// luck: a free phone calls the next one at once. So in that test all friends
// but one stay on the phone, at a gate for more callers than there are phones.
// It gives up when invite waits for them at the end of its block, and by then
// it has to have taken back the others.

#include "invite.h"

#include "wb_test.h"

#include <cfutures_testing.h>
#include <errno.h>
#include <stdatomic.h>
#include <string.h>

// ----- what invite.h promises to bring -----

struct friend
{
    const char *name;
    bool comes;
    double seconds;         // that the call takes on the virtual clock
    struct wb_gate *meets;  // where the call goes before it ends, or NULL
};

static const struct friend *circle;
static int circle_size;
static struct wb_gate phones;  // all calls at once
static struct wb_gate meeting;
static atomic_int phoned;
static bool seat_meets;  // keep_seat goes to the meeting, too
static const void *last_seat_by;

static const struct friend *friend_named(const char *name)
{
    int i = 0;
    while (i < circle_size - 1 && strcmp(circle[i].name, name) != 0) {
        i++;
    }
    return &circle[i];
}

cf_value phone(cf_value name)
{
    const struct friend *called = friend_named(cf_as_str(name));
    phoned++;
    wb_gate_enter(&phones);
    if (called->meets != NULL) {
        wb_gate_enter(called->meets);
    }
    wb_work(called->seconds, "phoning %s", called->name);
    if (!called->comes) {
        return cf_fail(ENOENT, "%s stays at home", called->name);
    }
    return cf_format("%s comes", called->name);
}

void keep_seat(const char *answer)
{
    wb_hear("keep_seat", answer, WB_CALLER);
    last_seat_by = WB_CALLER;
    if (seat_meets) {
        wb_gate_enter(&meeting);
    }
}

// ----- the tests -----

// `together` is how many calls at once let each other go on.
static int invite_circle(const struct friend *friends, int count, int seats,
                         size_t together)
{
    const char *names[MOST_FRIENDS];
    for (int i = 0; i < count; i++) {
        names[i] = friends[i].name;
    }
    circle = friends;
    circle_size = count;
    wb_gate_init(&phones, together);
    return invite(names, count, seats);
}

static void check_taken(int taken, int expected)
{
    WB_CHECK(taken == expected, "invite returned %d; %d was expected", taken,
             expected);
}

static void who_comes_gets_a_seat(void)
{
    const struct friend friends[] = {{"Ada", .comes = true}};
    check_taken(invite_circle(friends, 1, 1, 1), 1);
    WB_HEARD("invite", "  keep_seat: Ada comes\n");
}

static void who_stays_at_home_takes_no_seat(void)
{
    const struct friend friends[] = {
        {.name = "Ben"}, {.name = "Cleo"}, {"Ada", .comes = true}};
    check_taken(invite_circle(friends, 3, 1, 1), 1);
    WB_HEARD("invite", "  keep_seat: Ada comes\n");
}

static void all_are_phoned_if_seats_are_left(void)
{
    const struct friend friends[] = {
        {.name = "Ben"}, {"Ada", .comes = true}, {.name = "Cleo"}};
    check_taken(invite_circle(friends, 3, 2, 1), 1);
    WB_HEARD("invite", "  keep_seat: Ada comes\n");
    WB_EQUAL_INT(phoned, 3);
}

static void no_more_than_the_seats_are_given(void)
{
    const struct friend friends[] = {{"Ada", .comes = true},
                                     {"Ben", .comes = true},
                                     {"Cleo", .comes = true},
                                     {"Dan", .comes = true}};
    check_taken(invite_circle(friends, 4, 2, 1), 2);
}

static void without_friends_the_seats_stay_free(void)
{
    check_taken(invite_circle(NULL, 0, 2, 1), 0);
    WB_HEARD("invite", "");
}

static void two_phones_of_one_pool_are_used(void)
{
    const struct friend friends[] = {
        {.name = "Ben"}, {.name = "Cleo"}, {.name = "Dan"}};
    invite_circle(friends, 3, 1, PHONES + 1);
    WB_NEVER_MORE_THAN(PHONES, &phones, "calls");

    struct cf_test_snapshot now;
    cf_test_snapshot(&now);
    WB_CHECK(now.executors_opened == 1,
             "your code opened %zu pools for 3 calls; one was expected",
             now.executors_opened);
    WB_ALL_POOLS_CLOSED();
}

// Ben stays on the phone until the seat is kept, so nobody can wait for him.
static void a_seat_is_kept_while_another_call_goes_on(void)
{
    const struct friend friends[] = {
        {"Ben", .comes = true, .meets = &meeting},
        {"Ada", .comes = true},
    };
    wb_gate_init(&meeting, 2);
    seat_meets = true;
    invite_circle(friends, 2, 1, 1);

    WB_CHECK(meeting.state == WB_GATE_OPENED,
             "Ada said that she comes while Ben was still on the phone; you "
             "kept her seat only after Ben's call was over%s. It was expected "
             "at once",
             wb_at(last_seat_by));
    WB_HEARD("invite", "  keep_seat: Ada comes\n");
}

static void when_the_seats_are_taken_nobody_is_phoned(void)
{
    const struct friend friends[MOST_FRIENDS] = {
        {"Ada", .comes = true},      {"Ben", .meets = &meeting},
        {"Cleo", .meets = &meeting}, {"Dan", .meets = &meeting},
        {"Eve", .meets = &meeting},  {"Fay", .meets = &meeting},
    };
    wb_gate_init(&meeting, PHONES + 1);
    invite_circle(friends, MOST_FRIENDS, 1, 1);

    WB_CHECK(phoned <= PHONES + 1,
             "Ada had the last seat, and yet %d friends were phoned, also "
             "after you kept her seat%s. At most %d were expected: Ada, who "
             "was on the other phone, and whom Ada's phone had called already",
             phoned, wb_at(last_seat_by), PHONES + 1);
}

static void two_phones_take_half_the_time(void)
{
    const struct friend friends[] = {{"Ada", .seconds = 1},
                                     {"Ben", .seconds = 1},
                                     {"Cleo", .seconds = 1},
                                     {"Dan", .seconds = 1}};
    check_taken(invite_circle(friends, 4, 4, 1), 0);
}

static CU_TestInfo invite_tests[] = {
    {"who_comes_gets_a_seat", who_comes_gets_a_seat},
    {"who_stays_at_home_takes_no_seat", who_stays_at_home_takes_no_seat},
    {"all_are_phoned_if_seats_are_left", all_are_phoned_if_seats_are_left},
    {"no_more_than_the_seats_are_given", no_more_than_the_seats_are_given},
    {"without_friends_the_seats_stay_free",
     without_friends_the_seats_stay_free},
    {"two_phones_of_one_pool_are_used", two_phones_of_one_pool_are_used},
    {"a_seat_is_kept_while_another_call_goes_on",
     a_seat_is_kept_while_another_call_goes_on},
    {"when_the_seats_are_taken_nobody_is_phoned",
     when_the_seats_are_taken_nobody_is_phoned},
    {"two_phones_take_half_the_time", two_phones_take_half_the_time},
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo wb_suites[] = {
    {"invite", NULL, NULL, NULL, NULL, invite_tests},
    CU_SUITE_INFO_NULL,
};
