"""The runner inside of explored programs: what tests may rely on there, as in wb_runner."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import COURSES

from grader.build import Builder, Flavour
from grader.exploring.exercise import ExerciseExplorer
from grader.exploring.outcome import Budget, Outcome
from grader.exploring.probe import exercise_explorer
from grader.paths import Tree
from grader.source import read_source
from grader.toolchain import find_compiler

KEY = "01_explored/tally"
BUDGET = Budget(60, 1)
SUITE = """
static CU_TestInfo tests[] = {{"it", it}, CU_TEST_INFO_NULL};
CU_SuiteInfo wb_suites[] = {{"suite", NULL, NULL, NULL, NULL, tests}, CU_SUITE_INFO_NULL};
"""
HEAD = """
#include "tally.h"
#include "wb_test.h"
#include <cfutures.h>
#include <pthread.h>
int votes_of(int town) { return town; }
"""
TWO_THREADS = """
static void two_threads(void *(*start)(void *))
{
    pthread_t one, other;
    pthread_create(&one, NULL, start, NULL);
    pthread_create(&other, NULL, start, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
}
"""
AT_GATE = HEAD + "static struct wb_gate gate;\n" + TWO_THREADS
SLOW = HEAD + TWO_THREADS + 'static void *work(void *arg) { wb_work(1.5, "work"); return arg; }\n'


@pytest.fixture
def explorer(tmp_path: Path) -> ExerciseExplorer:
    """Return an explorer for a course of its own."""
    root = tmp_path / "explored"
    shutil.copytree(COURSES / "explored", root)
    return exercise_explorer(Tree(root), find_compiler())


@pytest.fixture
def run(explorer: ExerciseExplorer) -> Callable[..., Outcome]:
    """Return a function that explores a test, given as C, or runs it by the clock."""

    def run(text: str, *, by_the_clock: bool = False) -> Outcome:
        tree = explorer.tree
        tree.test(KEY).write_text(text + SUITE)
        builder = Builder(tree, explorer.compiler)
        sources = [read_source(path, tree.shown(path)) for path in (tree.solution(KEY), tree.test(KEY))]
        modules = [builder.build(source, KEY, Flavour.EXPLORED) for source in sources]
        code, tests = (module.module for module in modules)
        assert code and tests, modules[1].words
        program = explorer.link(tests, code, sources)
        if by_the_clock:
            return explorer.clock(program, "it")
        return explorer.search(program, "it", BUDGET, leaks=True)

    return run


@pytest.mark.parametrize(
    ("test", "kind", "words"),
    [
        ('WB_CHECK(1 > 2, "one is %d", 1);', "assertion", "one is 1"),
        ("WB_EQUAL_INT(6 * 7, 43);", "assertion", "6 * 7 is 42, but should be 43"),
        ("CU_ASSERT(1 > 2);", "assertion", "1 > 2"),
        ("cf_as_int(cf_str(\"x\"));", "assertion", "text"),
        ("cf_thread_pool(); WB_ALL_POOLS_CLOSED();", "assertion", "still open"),
    ],
)
def test_what_does_not_hold_ends_the_schedule(
    run: Callable[..., Outcome], test: str, kind: str, words: str
) -> None:
    outcome = run(HEAD + "static void it(void) { " + test + " }")
    assert outcome.bug and outcome.bug.kind == kind
    assert words in outcome.bug.text


@pytest.mark.parametrize("ends", ["exit(0);", "_exit(0);", "pthread_exit(NULL);"])
def test_who_ends_the_program_has_not_passed(run: Callable[..., Outcome], ends: str) -> None:
    head = HEAD + "#include <stdlib.h>\n#include <unistd.h>\n"
    outcome = run(head + "static void it(void) { WB_EQUAL_INT(1, 1); " + ends + " }")
    assert outcome.bug and outcome.bug.kind == "nonzero_exit"
    assert "in the middle of a test" in outcome.bug.text


def test_a_check_on_another_thread_is_told(run: Callable[..., Outcome]) -> None:
    start = "static void *start(void *arg) { WB_EQUAL_INT(1, 1); return arg; }\n"
    outcome = run(HEAD + TWO_THREADS + start + "static void it(void) { two_threads(start); }")
    assert outcome.bug and "another thread" in outcome.bug.text


def test_a_place_is_a_line_of_the_exercise_or_nothing(run: Callable[..., Outcome]) -> None:
    test = """
static const void *by;
static cf_value say(cf_value arg) { by = WB_CALLER; return arg; }
static void it(void)
{
    WB_CHECK(*wb_at(NULL) == 0, "a place%s", wb_at(NULL));
    cf_with (pool, cf_thread_pool()) { cf_result(cf_submit(pool, say, 1)); }
    const void *by_a_worker = by;
    say(cf_none()); /* here */
    const void *by_it = by;
    char said[200];
    snprintf(said, sizeof said, "%s", wb_at(by_it));
    WB_CHECK(0, "said%s; the worker's place is no line of the exercise%s.", said, wb_at(by_a_worker));
}
"""
    text = HEAD + "#include <stdio.h>\n" + test
    line = next(n for n, code in enumerate(text.splitlines(), 1) if "/* here */" in code)
    outcome = run(text)
    assert outcome.bug and outcome.bug.text == (
        f"said, at exercises/01_explored/test_tally.c:{line}; the worker's place is no line of the exercise."
    )


def test_what_was_said_is_compared_in_order(run: Callable[..., Outcome]) -> None:
    test = """
static void say(const char *text) { wb_hear("say", text, WB_CALLER); }
static void it(void)
{
    say("one");
    say("two"); /* here */
    WB_HEARD("it", "  say: one\\n  say: 2\\n");
}
"""
    text = HEAD + test
    line = next(n for n, code in enumerate(text.splitlines(), 1) if "/* here */" in code)
    outcome = run(text)
    assert outcome.bug and outcome.bug.text == (
        "it did this:\n  say: one\n  say: two\nexpected was this:\n  say: one\n  say: 2\n"
        f"They differ from line 2 on, at exercises/01_explored/test_tally.c:{line}."
    )


def test_a_gate_opens_for_those_who_come_at_once(run: Callable[..., Outcome]) -> None:
    start = "static void *start(void *arg) { wb_gate_enter(&gate); return arg; }\n"
    test = 'static void it(void) { wb_gate_init(&gate, 2); two_threads(start); WB_OPENED(&gate, "threads"); }'
    assert run(AT_GATE + start + test).bug is None


def test_a_gate_gives_up_when_nobody_else_can_come(run: Callable[..., Outcome]) -> None:
    start = """
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *start(void *arg)
{
    pthread_mutex_lock(&lock);
    wb_gate_enter(&gate);
    pthread_mutex_unlock(&lock);
    return arg;
}
"""
    test = 'static void it(void) { wb_gate_init(&gate, 2); two_threads(start); WB_OPENED(&gate, "threads"); }'
    outcome = run(AT_GATE + start + test)
    assert outcome.bug and "only 1 ever was" in outcome.bug.text


def test_a_gate_gives_up_when_the_others_only_ask(run: Callable[..., Outcome]) -> None:
    test = """
static _Atomic int done;
static void *start(void *arg) { wb_gate_enter(&gate); done = 1; return arg; }
static void it(void)
{
    pthread_t thread;
    wb_gate_init(&gate, 2);
    pthread_create(&thread, NULL, start, NULL);
    while (!done) {
    }
    pthread_join(thread, NULL);
}
"""
    assert run(AT_GATE + test).bug is None


def test_threads_can_be_refused_and_are_counted(run: Callable[..., Outcome]) -> None:
    test = """
static void *start(void *arg) { return arg; }
static void it(void)
{
    pthread_t thread;
    wb_allow_threads(1);
    WB_EQUAL_INT(pthread_create(&thread, NULL, start, NULL), 0);
    pthread_join(thread, NULL);
    WB_EQUAL_INT(pthread_create(&thread, NULL, start, NULL), 11);
    WB_EQUAL_INT((int)wb_threads_created(), 1);
}
"""
    assert run(HEAD + test).bug is None


def test_work_takes_its_time_by_the_clock_alone(run: Callable[..., Outcome]) -> None:
    test = SLOW + "static void it(void) { two_threads(work); work(NULL); }"
    assert run(test).elapsed == 0
    timed = run(test, by_the_clock=True)
    assert (timed.bug, timed.elapsed, timed.works) == (None, 3_000_000_000, ("work", "work", "work"))


def test_by_the_clock_a_loop_that_asks_lets_time_pass(run: Callable[..., Outcome]) -> None:
    test = """
static cf_value task(cf_value arg) { wb_work(2.0, "task"); return arg; }
static void it(void)
{
    cf_with (pool, cf_thread_pool()) {
        cf_future *future = cf_submit(pool, task, 1);
        while (!cf_done(future)) {
        }
    }
}
"""
    timed = run(HEAD + test, by_the_clock=True)
    assert (timed.bug, timed.elapsed) == (None, 2_000_000_000)
