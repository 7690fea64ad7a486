"""Aspect `tests`: every test of an exercise belongs to exactly one check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from grader.authoring.finding import Finding, Settings
from grader.authoring.scope import Scope
from grader.build import Builder, Flavour
from grader.course import Exercise
from grader.errors import GraderError
from grader.setup import Workshop, set_up
from grader.source import read_source


def check_tests(scope: Scope, settings: Settings) -> Iterator[Finding]:
    """Compare the tests that are there with those that the facts name."""
    workshop = set_up(scope.tree, settings.progress)
    builder = Builder(scope.tree, workshop.compiler)
    for exercise in scope.exercises:
        path = scope.tree.test(exercise.key)
        if not path.is_file():
            continue  # aspect `files` says so
        shown = scope.tree.shown(path)
        settings.progress(f"listing the tests of {shown}")
        built = builder.build(read_source(path, shown), exercise.key, Flavour.PLAIN)
        if not built.module:
            first = next((line for line in built.words.splitlines() if "error" in line), built.words[:200])
            yield Finding(shown, f"it does not compile ({first.strip()})", "correct it")
            continue
        if built.words.strip():
            yield Finding(
                shown, f"the compiler warns ({built.words.splitlines()[0].strip()})", "mend what it warns of"
            )
        yield from _compared(shown, exercise, workshop, built.module)


def _compared(shown: str, exercise: Exercise, workshop: Workshop, module: Path) -> Iterator[Finding]:
    try:
        present = workshop.engine.runners[Flavour.PLAIN].list_tests(module)
    except GraderError as error:
        yield Finding(shown, error.message, "define wb_suites as wb_test.h shows")
        return
    owned = Counter(test for check in exercise.checks for test in check.own_tests)
    named = Counter(owned.keys() | {test for check in exercise.checks for test in check.tests})
    for test, times in Counter(present).items():
        if times > 1:
            yield Finding(shown, f"two tests are named {test}", "give each a name of its own")
        if named[test] == 0:
            yield Finding(shown, f"no check names the test {test}", "add it to a check's `tests`")
        if owned[test] > 1:
            yield Finding(shown, f"{owned[test]} checks name the test {test}", "let one check have it")
    for test in sorted(set(named) - set(present)):
        yield Finding(shown, f"there is no test {test}, which a check names", "write it, or correct the name")
