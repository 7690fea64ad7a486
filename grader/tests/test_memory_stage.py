"""Memory of an explored exercise: no mark is a matter of which thread was faster."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import COURSES, Called, call

from grader.paths import Tree

KEY = "01_explored/tally"
# Two threads, of which the first is faster in the default order, and the second, by far, on real threads:
# the first one counts for a long time, in a variable that takes no steps of the explorer.
TWO = """#include "tally.h"
#include <pthread.h>
#include <stdlib.h>
static void *first(void *arg);
static void *second(void *arg);
static void wait_long(void) { for (volatile int turn = 0; turn < 20000000; turn++) { } }
static int *votes;
static int *kept;
static int of_first, of_second;
int tally(void) {
    pthread_t one, other;
    votes = malloc(2 * sizeof *votes);
    if (!votes || pthread_create(&one, NULL, first, NULL) || pthread_create(&other, NULL, second, NULL)) return -1;
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    LAST
    return of_first + of_second;
}
"""
USED_OR_FREED = TWO.replace("LAST", "") + """
static void *first(void *arg) { of_first = votes_of(1); wait_long(); votes[0] = 1; return arg; }
static void *second(void *arg) { of_second = votes_of(2); free(votes); return arg; }
"""
FREED_ONCE_OR_TWICE = TWO.replace("LAST", "free(votes);") + """
static _Atomic int has_looked;
static void *first(void *arg) { of_first = votes_of(1); wait_long(); has_looked = 1; return arg; }
static void *second(void *arg) { of_second = votes_of(2); if (!has_looked) free(votes); return arg; }
"""
LOST_OR_NOT = TWO.replace("LAST", "free(votes); free(kept); votes = kept = NULL;") + """
static _Atomic int has_looked;
static void *first(void *arg) { of_first = votes_of(1); wait_long(); has_looked = 1; return arg; }
static void *second(void *arg) { of_second = votes_of(2); kept = malloc(8); if (!has_looked) kept = NULL; return arg; }
"""
INSIDE_OR_BEYOND = TWO.replace("LAST", "free(votes);") + """
static int asked;
static void *first(void *arg) { of_first = votes_of(1); wait_long(); asked = 1; return arg; }
static void *second(void *arg) {
    of_second = votes_of(2);
    int answers[2] = {0, 0};
    answers[asked ? 0 : 2] = 1;
    votes[0] = answers[0];
    return arg;
}
"""
ALWAYS_FREED_FIRST = TWO.replace("LAST", "") + """
static void *first(void *arg) { of_first = votes_of(1); free(votes); return arg; }
static void *second(void *arg) { of_second = votes_of(2); wait_long(); votes[0] = 1; return arg; }
"""
# The explorer knows nothing of local variables; the sanitizers see it whatever the order is.
GONE_LOCAL = TWO.replace("LAST", "free(votes); if (*gone() == 7) return 0;").replace(
    "int tally",
    "static int *gone(void) { int local = 3; int *volatile address = &local; return address; }\nint tally",
) + """
static void *first(void *arg) { of_first = votes_of(1); return arg; }
static void *second(void *arg) { of_second = votes_of(2); return arg; }
"""


@pytest.fixture
def graded(tmp_path: Path) -> Callable[[str], Called]:
    """Return a function that grades this code."""
    root = tmp_path / "explored"
    shutil.copytree(COURSES / "explored", root)

    def grade(code: str) -> Called:
        Tree(root).exercise(KEY).write_text(code)
        return call(root, "check", KEY, "--json", "--repeat", "3")

    return grade


def failed(done: Called) -> dict[str, str]:
    """Return the codes of what failed, and of what had to wait for it."""
    checks = done.exercise["checks"]
    return {check["id"]: check["code"] or check["verdict"] for check in checks if check["verdict"] != "passed"}


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        (USED_OR_FREED, "W501"),
        (FREED_ONCE_OR_TWICE, "W502"),
        (LOST_OR_NOT, "W504"),
        (INSIDE_OR_BEYOND, "W401"),
    ],
    ids=["used after free", "freed twice", "lost", "out of bounds"],
)
def test_what_some_orders_misuse_costs_the_schedule_check_alone(
    graded: Callable[[str], Called], code: str, failure: str
) -> None:
    done = graded(code)
    assert (failed(done), done.exercise["score"]) == ({"schedules": failure}, 80)


def test_what_the_default_order_misuses_costs_the_memory_check(graded: Callable[[str], Called]) -> None:
    done = graded(ALWAYS_FREED_FIRST)
    assert failed(done)["memory"] == "W501"
    assert done.check("memory")["place"].startswith("exercises/01_explored/tally.c:")


def test_what_only_the_sanitizers_know_costs_the_memory_check(graded: Callable[[str], Called]) -> None:
    done = graded(GONE_LOCAL)
    assert (failed(done), done.exercise["score"]) == ({"memory": "W505"}, 90)
    assert "`local`" in done.check("memory")["message"]
