"""`check` with the explorer: exact times, orders that go wrong, and fair marks where it fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import COURSES, Called, call

from grader.checks import read_check
from grader.course import load_course
from grader.errors import GraderError
from grader.exploring import exercise as explored_exercise
from grader.exploring.exercise import ExerciseExplorer
from grader.facts import Table
from grader.grade import Grader
from grader.model import Verdict
from grader.paths import Tree

KEY = "01_explored/tally"
HEAD = '#include "tally.h"\n#include <pthread.h>\n#include <stdlib.h>\n'
ASK = "static void *ask(void *arg) { int *town = arg; *town = votes_of(*town); return NULL; }\n"
AT_ONCE = """
int tally(void) {
    int first = 1, second = 2;
    pthread_t one, other;
    if (pthread_create(&one, NULL, ask, &first) || pthread_create(&other, NULL, ask, &second)) return -1;
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return first + second;
}
"""
ONE_BY_ONE = HEAD + ASK + """
int tally(void) {
    int first = 1, second = 2;
    pthread_t one, other;
    if (pthread_create(&one, NULL, ask, &first)) return -1;
    pthread_join(one, NULL);
    if (pthread_create(&other, NULL, ask, &second)) return -1;
    pthread_join(other, NULL);
    return first + second;
}
"""
RACY = HEAD + """
static int asked;
static void *ask(void *arg) {
    int *town = arg;
    *town = votes_of(*town);
    asked = asked + 1; /* here */
    return NULL;
}
""" + AT_ONCE
LOST = "static void *volatile lost;\n"
LEAKS = HEAD + ASK + LOST + AT_ONCE.replace("int first", "lost = malloc(8); lost = NULL; int first")
FREED = "int *sum = malloc(4); *sum = first + second; free(sum); return *sum ? first + second : 0;"
USED_TOO_LATE = HEAD + ASK + AT_ONCE.replace("return first + second;", FREED)
CANT_BE_LINKED = HEAD + ASK + "void _start(void) {}\n" + AT_ONCE


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


def verdicts(done: Called) -> dict[str, str]:
    return {check["id"]: check["verdict"] for check in done.exercise["checks"]}


def test_the_solution_gets_everything_and_exact_figures(course: Path) -> None:
    done = call(course, "check", "--solutions", KEY, "--json")
    assert (done.code, done.exercise["score"]) == (0, 100)
    assert "1.000 s" in done.check("at_once")["message"]
    assert "all orders with at most 2 preemptions" in done.check("schedules")["message"]


def test_the_skeleton_gets_nothing(course: Path) -> None:
    done = call(course, "check", KEY, "--json")
    assert done.exercise["score"] == 0
    assert verdicts(done)["schedules"] == "not_reached"


def test_one_after_another_is_seen_at_a_glance(graded: Callable[[str], Called]) -> None:
    done = graded(ONE_BY_ONE)
    check = done.check("at_once")
    assert (check["verdict"], done.exercise["score"]) == ("failed", 40)
    assert "2.000 s" in check["message"] and "1.500 s" in check["message"]
    assert check["place"] == "exercises/01_explored/tally.c:10"
    assert check["misconception"] == "sequential-in-disguise"
    bars = {line.partition("  ")[0]: line for line in check["picture"] if "#" in line and "asking" in line}
    assert bars["asking town 1"].rindex("#") < bars["asking town 2"].index("#")
    assert any("pthread_join(one" in line and "waits until 1.000 s" in line for line in check["picture"])


def test_a_race_comes_with_its_order_and_is_replayed(course: Path, graded: Callable[[str], Called]) -> None:
    done = graded(RACY)
    check = done.check("schedules")
    assert (check["verdict"], done.exercise["score"]) == ("failed", 80)
    line = RACY.splitlines().index("    asked = asked + 1; /* here */") + 1
    assert check["place"] == f"exercises/01_explored/tally.c:{line}"
    assert "Rule: " in check["message"] and f"replay {check['trace']}" in check["message"]
    assert any("writes" in row and "/* here */"[:3] in row for row in check["picture"])
    Tree(course).exercise(KEY).write_text("edited since")
    again = call(course, "replay", check["trace"])
    assert again.code == 1
    assert "asked = asked + 1; /* here */" in again.out and "showed again" in again.out
    page = Path(call(course, "replay", check["trace"], "--html").out.strip()).read_text()
    assert "asked = asked + 1; /* here */" in page and ">tally.c</h2>" in page
    assert page.count("<h2>") == 1 + page.count(".c</h2>") <= 3, "the steps are not on the learner's lines"


def test_what_the_caller_does_late_was_not_started_late(graded: Callable[[str], Called]) -> None:
    slow_end = AT_ONCE.replace("return first", "return 0 * votes_of(3) + first")
    check = graded(HEAD + ASK + slow_end).check("at_once")
    assert check["verdict"] == "failed" and "2.000 s" in check["message"]
    assert check["misconception"] == "caller-does-the-work"  # what the facts say


def test_work_that_the_caller_does_twice_is_named(graded: Callable[[str], Called]) -> None:
    twice = AT_ONCE.replace("return first", "if (votes_of(3) == 0) return 0;\n    return 0 * votes_of(3) + first")
    check = graded(HEAD + ASK + twice).check("at_once")
    assert (check["code"], check["misconception"]) == ("W307", "")
    assert "Your code did this 2 times: asking town 3." in check["message"]
    assert check["place"].startswith("exercises/01_explored/tally.c:")


def test_the_facts_may_say_what_taking_too_long_is_called(
    course: Path, graded: Callable[[str], Called]
) -> None:
    facts = Tree(course).lesson_facts / "01_explored.toml"
    clock = facts.read_text().replace('misconception = "caller', 'failure = "W305"\nmisconception = "caller')
    facts.write_text(clock)
    check = graded(ONE_BY_ONE).check("at_once")
    assert (check["code"], check["misconception"]) == ("W305", "caller-does-the-work")


def test_a_failure_shows_its_picture_as_text(course: Path) -> None:
    Tree(course).exercise(KEY).write_text(ONE_BY_ONE)
    out = call(course, "check", KEY).out
    assert "asking town 2" in out and "your code" in out
    assert max(map(len, out.splitlines())) <= 80


def test_the_same_code_gets_the_same_result_on_a_busy_machine(graded: Callable[[str], Called]) -> None:
    quiet = graded(RACY).json
    with busy():
        loaded = graded(RACY).json
    assert without_times(loaded) == without_times(quiet)


def test_memory_lost_in_every_order_is_blamed_once(graded: Callable[[str], Called]) -> None:
    done = graded(LEAKS)
    assert (verdicts(done)["memory"], verdicts(done)["schedules"]) == ("failed", "passed")
    assert done.exercise["score"] == 90


def test_memory_misused_in_every_order_is_blamed_once(graded: Callable[[str], Called]) -> None:
    done = graded(USED_TOO_LATE)
    assert (verdicts(done)["memory"], verdicts(done)["schedules"]) == ("failed", "not_reached")
    assert "No memory is misused" in done.check("schedules")["message"]


def test_what_cant_be_linked_is_the_graders_fault(graded: Callable[[str], Called]) -> None:
    done = graded(CANT_BE_LINKED)
    assert (done.code, done.check("adds")["verdict"]) == (3, "grader_error")
    assert "can't be linked" in done.check("adds")["message"]


def test_without_the_explorer_what_it_shows_is_not_measurable(course: Path, monkeypatch: Any) -> None:
    def none(tree: Tree, compiler: Any) -> ExerciseExplorer:
        return ExerciseExplorer(tree, compiler, None, "no explorer here")

    monkeypatch.setattr("grader.grade.exercise_explorer", none)
    tree = Tree(course)
    exercise = load_course(tree).exercises[0]
    result = Grader(load_course(tree)).grade(exercise, tree.solution(KEY))
    found = {check.id: check.verdict for check in result.checks}
    assert found["at_once"] is found["schedules"] is Verdict.NOT_MEASURABLE
    assert found["memory"] is Verdict.PASSED
    assert (result.verdict, result.score, result.max_score) == (Verdict.PASSED, 50, 50)


def test_orders_not_tried_in_time_are_the_graders_fault(course: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(explored_exercise, "_SECONDS", 0.0)
    tree = Tree(course)
    result = Grader(load_course(tree)).grade(load_course(tree).exercises[0], tree.solution(KEY))
    assert {check.id: check.verdict for check in result.checks}["schedules"] is Verdict.GRADER_ERROR


def test_this_machine_can_explore(course: Path) -> None:
    """Else all that is graded here by the explorer would be left out without a word."""
    done = call(course, "check", "--solutions", KEY, "--json")
    assert "not_measurable" not in verdicts(done).values()


@pytest.mark.parametrize(
    ("facts", "complaint"),
    [
        ({"kind": "unit", "clock": []}, "unknown key 'clock'"),
        ({"kind": "timing", "clock": [{"test": "t", "ideal": 2.0, "nearest_wrong": 1.0}]}, "nearest_wrong"),
        ({"kind": "timing", "clock": [{"test": "t", "ideal": 0, "nearest_wrong": 1.0}]}, "above 0"),
        ({"kind": "timing", "clock": [{"test": "t", "ideal": 1.0}]}, "'nearest_wrong' is missing"),
        ({"kind": "schedule"}, "'tests' is missing"),
        ({"kind": "timing", "tests": ["t"], "failure": "W201"}, "failure 'W201'"),
        ({"kind": "timing", "tests": ["t"], "failure": "W399"}, "failure 'W399'"),
        ({"kind": "unit", "tests": ["t"], "failure": "W303"}, "unknown key 'failure'"),
        ({"kind": "speed"}, "not one of unit, timing, memory, schedule"),
    ],
)
def test_facts_that_make_no_sense_are_refused(facts: dict[str, Any], complaint: str) -> None:
    table = {"id": "a", "title": "A", "points": 1, "hints": [], **facts}
    with pytest.raises(GraderError, match=complaint):
        read_check("e", Table("x.toml", "check", table))


@contextmanager
def busy() -> Iterator[None]:
    """Keep every core busy."""
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def without_times(facts: Any) -> Any:
    if isinstance(facts, dict):
        return {key: without_times(value) for key, value in facts.items() if key != "seconds"}
    return [without_times(value) for value in facts] if isinstance(facts, list) else facts


@pytest.mark.parametrize(
    ("locks", "belief"),
    [
        (("", ""), "no-lock"),
        (("lock = &one", ""), "check-outside-the-lock"),
        (("lock = &one", "lock = &other"), "lock-not-tied-to-data"),
    ],
)
def test_a_race_suggests_what_its_locks_say(
    graded: Callable[[str], Called], locks: tuple[str, str], belief: str
) -> None:
    first, second = (f"if (*town == {n}) {lock};" if lock else ";" for n, lock in enumerate(locks, start=1))
    code = HEAD + f"""
static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER, other = PTHREAD_MUTEX_INITIALIZER;
static int asked;
static void *ask(void *arg) {{
    int *town = arg;
    pthread_mutex_t *lock = NULL;
    {first}
    {second}
    if (lock) pthread_mutex_lock(lock);
    asked = asked + 1;
    if (lock) pthread_mutex_unlock(lock);
    (void)&one, (void)&other;
    *town = votes_of(*town);
    return NULL;
}}
""" + AT_ONCE
    check = graded(code).check("schedules")
    assert (check["verdict"], check["misconception"]) == ("failed", belief)


def test_a_race_at_a_local_variable_suggests_what_the_check_says(graded: Callable[[str], Called]) -> None:
    code = HEAD + ASK + AT_ONCE.replace("&second)) return -1;", "&second)) return -1;\n    first = first + 0;")
    check = graded(code).check("schedules")
    assert (check["code"], check["misconception"]) == ("W401", "program-order-everywhere")


def test_what_is_lost_is_left_to_a_memory_check_that_comes_later(
    course: Path, graded: Callable[[str], Called]
) -> None:
    facts = Tree(course).lesson_facts / "01_explored.toml"
    before, memory, last = facts.read_text().partition('[[exercises.checks]]\nid = "memory"')
    schedules = last[last.index("[[exercises.checks]]") :]
    facts.write_text(before + schedules + memory + last.replace(schedules, ""))
    found = verdicts(graded(LEAKS))
    assert (found["schedules"], found["memory"]) == ("passed", "failed")


def test_who_only_collects_when_a_worker_is_free_has_too_few_of_them(graded: Callable[[str], Called]) -> None:
    code = HEAD + """#include <cfutures.h>
static cf_value ask(cf_value town) { return cf_int(votes_of((int)cf_as_int(town))); }
int tally(void) {
    int sum = 0;
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *asked[2];
        for (int i = 0; i < 2; i++) asked[i] = cf_submit(pool, ask, i + 1);
        for (int i = 0; i < 2; i++) {
            if (cf_exception(asked[i]) == NULL)
                sum += (int)cf_as_int(cf_result(asked[i]));
        }
    }
    return sum;
}
"""
    check = graded(code).check("at_once")
    assert (check["verdict"], check["misconception"]) == ("failed", "too-few-workers")


def test_what_is_wrong_in_the_simplest_order_is_no_matter_of_order(
    course: Path, graded: Callable[[str], Called]
) -> None:
    facts = Tree(course).lesson_facts / "01_explored.toml"
    first, last = facts.read_text().rsplit('requires = ["at_once"]\n', 1)
    facts.write_text(first + last)
    check = graded(HEAD + ASK + AT_ONCE.replace("return first + second", "return first")).check("schedules")
    assert (check["verdict"], check["code"], check.get("trace", "")) == ("failed", "W201", "")
    assert "Rule:" not in check["message"]
