"""Behaviour of an explored exercise is judged in the default order: no luck, no load."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import COURSES, Called, call

from grader.paths import Tree

KEY = "01_explored/tally"
HEAD = """#include "tally.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
static void *ask(void *arg) { int *town = arg; *town = votes_of(*town); return NULL; }
"""
# On real threads both towns have answered when the long loop is over, nearly always.
READS_BEFORE_THE_JOIN = HEAD + """
int tally(void) {
    int first = 1, second = 2;
    pthread_t one, other;
    if (pthread_create(&one, NULL, ask, &first) || pthread_create(&other, NULL, ask, &second)) return -1;
    for (volatile int turn = 0; turn < 20000000; turn++) { }
    const int sum = first + second;
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return sum;
}
"""
# Right if the first town is faster, as in the default order. On real threads it never is.
SLOW_FIRST_TOWN = HEAD + """
static atomic_int asked;
static atomic_int sum;
static void *hurry(void *arg) {
    const int town = *(int *)arg;
    for (volatile int turn = 0; town == 1 && turn < 20000000; turn++) { }
    const int place = ++asked;
    sum += place == town ? votes_of(town) : 0;
    return NULL;
}
int tally(void) {
    int first = 1, second = 2;
    pthread_t one, other;
    if (pthread_create(&one, NULL, hurry, &first) || pthread_create(&other, NULL, hurry, &second)) return -1;
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return sum;
}
"""
HOLDS_THE_LOCK = HEAD + """
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *ask_alone(void *arg) {
    pthread_mutex_lock(&lock); /* wants it */
    ask(arg);
    pthread_mutex_unlock(&lock);
    return NULL;
}
int tally(void) {
    int first = 1;
    pthread_t one;
    pthread_mutex_lock(&lock);
    if (pthread_create(&one, NULL, ask_alone, &first)) return -1;
    pthread_join(one, NULL);
    pthread_mutex_unlock(&lock);
    return first + votes_of(2);
}
"""
# What the sanitizers saw of a racy program in one run, they may not see in the next.
RACY_AND_FREED = HEAD + """
static int asked;
static void *count(void *arg) { (void)arg; asked++; return NULL; }
int tally(void) {
    pthread_t one, other;
    int *votes = malloc(sizeof *votes);
    if (pthread_create(&one, NULL, count, NULL) || pthread_create(&other, NULL, count, NULL)) return -1;
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    free(votes);
    return *votes == 30 ? 31 : 32;
}
"""
PRINTS = HEAD + 'int tally(void) { printf("thirty\\n"); return 3; }\n'
CRASHES = HEAD + "int tally(void) { int *volatile none = NULL; return *none; /* here */ }\n"
EXITS = HEAD + "int tally(void) { exit(0); }\n"
NOT_WRITTEN = HEAD + "int tallies(void) { return 30; }\n"
# In the explorer the calls are thousands of steps, so that the test runs on real threads.
MANY_CALLS = "static _Atomic int turn; while (turn < 100000) turn++;"
ASKS_A_STRANGER = HEAD + """
int tally(void) {
    MORE
    const int votes = votes_of(7); /* here */
    return votes;
}
"""
TURNS = "static _Atomic int turns;\n"
MANY_STEPS = HEAD + TURNS + """
int tally(void) {
    for (int i = 0; i < 100000; i++) turns++;
    return votes_of(1) + votes_of(2);
}
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return the course, for the test to change."""
    root = tmp_path / "explored"
    shutil.copytree(COURSES / "explored", root)
    return root


@pytest.fixture
def graded(course: Path) -> Callable[[str], Called]:
    """Return a function that writes the learner's file, and grades it."""

    def grade(code: str) -> Called:
        Tree(course).exercise(KEY).write_text(code)
        return call(course, "check", KEY, "--json")

    return grade


def test_what_only_luck_makes_right_is_wrong(graded: Callable[[str], Called]) -> None:
    done = graded(READS_BEFORE_THE_JOIN)
    check = done.check("adds")
    assert (check["verdict"], check["code"], done.exercise["score"]) == ("failed", "W201", 0)
    assert "tally() is 3, but should be 30" in check["message"]
    assert "exercises/01_explored/test_tally.c:" in check["message"]
    line = READS_BEFORE_THE_JOIN.splitlines().index("int tally(void) {") + 1
    assert check["place"] == f"exercises/01_explored/tally.c:{line}"
    assert f"Your tally begins at {check['place']}." in check["message"]


@pytest.mark.parametrize("only_there", ["", MANY_CALLS])
def test_a_check_names_the_line_that_made_the_wrong_call(
    graded: Callable[[str], Called], only_there: str
) -> None:
    code = ASKS_A_STRANGER.replace("MORE", only_there)
    check = graded(code).check("adds")
    line = next(n for n, text in enumerate(code.splitlines(), 1) if "/* here */" in text)
    assert check["place"] == f"exercises/01_explored/tally.c:{line}"
    assert f"You asked town 7, at {check['place']}; there are" in check["message"]
    assert "In the test votes_are_added, exercises/01_explored/test_tally.c:" in check["message"]


def test_what_only_luck_makes_wrong_costs_the_schedule_check_alone(graded: Callable[[str], Called]) -> None:
    done = graded(SLOW_FIRST_TOWN)
    failed = {check["id"]: check["code"] for check in done.exercise["checks"] if check["verdict"] != "passed"}
    assert (failed, done.exercise["score"]) == ({"schedules": "W404"}, 80)


def test_a_deadlock_is_told_on_the_learners_lines_and_replayed(
    course: Path, graded: Callable[[str], Called]
) -> None:
    check = graded(HOLDS_THE_LOCK).check("adds")
    assert (check["verdict"], check["code"]) == ("failed", "W402")
    assert "each thread runs until it has to wait" in check["message"]
    assert any("locks (blocked)" in row for row in check["picture"])
    again = call(course, "replay", check["trace"])
    assert again.code == 1 and "/* wants it */" in again.out


def test_the_sanitizers_are_not_asked_about_a_racy_result(graded: Callable[[str], Called]) -> None:
    assert graded(RACY_AND_FREED).check("adds")["code"] == "W201"


def test_what_the_code_printed_is_shown(graded: Callable[[str], Called]) -> None:
    check = graded(PRINTS).check("adds")
    assert (check["code"], check["output"]) == ("W201", "thirty\n")


@pytest.mark.parametrize(("code", "failure"), [(CRASHES, "W506"), (EXITS, "W203"), (NOT_WRITTEN, "W113")])
def test_the_runner_is_asked_for_what_it_tells_better(
    graded: Callable[[str], Called], code: str, failure: str
) -> None:
    check = graded(code).check("adds")
    assert (check["verdict"], check["code"]) == ("failed", failure)


def test_many_steps_are_no_failure(graded: Callable[[str], Called]) -> None:
    assert graded(MANY_STEPS).check("adds")["verdict"] == "passed"
