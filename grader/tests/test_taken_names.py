"""Names that somebody else has: refused like what does not compile, with the learner's line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import COURSES, Called, call

from grader.exploring.calls import defined_names
from grader.exploring.library import explorer_libraries
from grader.paths import HOME, Tree
from grader.taken_names import owner_of
from grader.toolchain import find_compiler

KEY = "01_explored/tally"


@pytest.fixture
def graded(tmp_path: Path) -> Callable[[str], Called]:
    """Return a function that adds a line to a right solution, and grades that."""
    root = tmp_path / "explored"
    shutil.copytree(COURSES / "explored", root)
    tree = Tree(root)

    def grade(line: str) -> Called:
        right = tree.solution(KEY).read_text()
        tree.exercise(KEY).write_text(f'#include <cfutures.h>\n{right}\n{line} /* here */\n')
        return call(root, "check", KEY, "--json")

    return grade


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("int votes_of(int town) { return town; }", "tally.h declares it, and the tests bring it"),
        ("int wb_suites;", "The tests have something that is called wb_suites"),
        ("cf_value cf_result(cf_future *future) { (void)future; return cf_none(); }", "a name of cfutures"),
        ("void cfi_lock_acquire(void) { }", "a name of cfutures"),
        ("double wb_at = 0.5;", "a name of the tests' runner"),
        ("void wb_gate_enter(void) { }", "What begins with wb_ is never yours"),
        ("int xp_find(void) { return 0; }", "a name of the explorer"),
    ],
)
def test_a_name_that_is_taken_is_told_with_its_line(
    graded: Callable[[str], Called], line: str, says: str
) -> None:
    done = graded(line)
    check = done.check("compile")
    assert (done.code, check["verdict"], check["code"]) == (1, "did_not_compile", "W114")
    assert done.exercise["score"] == 0
    assert check["place"].startswith("exercises/01_explored/tally.c:")
    assert check["message"].startswith(f"{check['place']}: {line} /* here */")
    assert says in check["message"]


@pytest.mark.parametrize(
    "line",
    [
        "int main(void) { return tally(); }",
        "void checks_begin(void) { }",
        "static void wb_at(void) { } void use(void); void use(void) { wb_at(); }",
        "int gate, stranger, tests; void run(void) { }",
        "cf_value cf_greet(cf_value name); cf_value cf_greet(cf_value name) { return name; }",
    ],
)
def test_other_names_are_the_learners(graded: Callable[[str], Called], line: str) -> None:
    done = graded(line)
    assert (done.code, done.exercise["score"]) == (0, 100)


def test_nothing_else_is_linked_with_a_learners_code() -> None:
    tree = Tree(HOME)
    libraries = explorer_libraries(tree, find_compiler())
    names = defined_names([libraries.cfutures, libraries.runner, libraries.explorer])
    private = {name for name in names if name.startswith("_") and not name.startswith("__wrap_")}
    assert {name for name in names - private if not owner_of(name, tree)} <= {"main"}
