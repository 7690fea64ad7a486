"""Aspect `matrix`: docs/matrix.md, every wrong submission against every check.

The table says what the lessons' facts declare, and the aspect `grading` proves
that grading says the same. `./workbook dev check --matrix` writes it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from grader.authoring.finding import Finding, Settings
from grader.authoring.scope import Scope
from grader.checks import COMPILE
from grader.course import Course, Exercise, Wrong
from grader.paths import Tree

_INTRODUCTION = """\
# Which check catches what

Next to every exercise lie wrong submissions, each written as somebody would write it who believes
something that is not so ([misconceptions.md](misconceptions.md)). This is the exam of the checks: **x**
has caught it, **+** has passed, **.** was not reached, because what it requires has not passed.
`./workbook dev check` grades all of them and refuses any other outcome.

This page is written by `./workbook dev check --matrix`.
"""
_CAUGHT, _PASSED, _NOT_REACHED = "**x**", "+", "."


def path(tree: Tree) -> Path:
    """Return where the page is."""
    return tree.root / "docs" / "matrix.md"


def check_matrix(scope: Scope, settings: Settings) -> Iterator[Finding]:
    """Compare the page with the facts; only a whole course can say what belongs there."""
    file = path(scope.tree)
    is_wanted = file.is_file() or scope.tree.root == scope.tree.home
    if not scope.is_whole or not is_wanted:
        return
    if not file.is_file() or file.read_text(encoding="utf-8") != page(scope.course):
        problem = "it is not what the lessons' facts say"
        yield Finding(scope.tree.shown(file), problem, "`./workbook dev check --matrix` writes it again")


def page(course: Course) -> str:
    """Return the page's Markdown."""
    parts = [_INTRODUCTION, _summary(course)]
    for lesson in course.lessons:
        parts.append(f"## {lesson.key}\n")
        parts += [_table(exercise) for exercise in lesson.exercises if exercise.wrong]
    return "\n".join(parts)


def _summary(course: Course) -> str:
    """Return how many stand for each idea, and which kinds of check catch them."""
    kinds: dict[str, list[str]] = {}
    for exercise in course.exercises:
        for wrong in exercise.wrong:
            caught_by = {exercise.check(check).kind.value for check in wrong.fails}
            kinds.setdefault(wrong.misconception, []).append(" and ".join(sorted(caught_by)))
    head = ["| idea | submissions | caught by checks of the kind |", "| --- | --- | --- |"]
    rows = [
        f"| `{key}` | {len(caught)} | {', '.join(sorted(set(caught)))} |"
        for key, caught in sorted(kinds.items())
    ]
    return "\n".join([*head, *rows, ""])


def _table(exercise: Exercise) -> str:
    """Return one exercise's table: a row for each wrong submission, a column for each check."""
    checks = [check.id for check in exercise.checks]
    head = f"| {exercise.key.split('/')[1]} | {' | '.join(checks)} | score |"
    line = "| --- " * (len(checks) + 2) + "|"
    rows = [
        " | ".join([f"| {wrong.says} `{wrong.file}`", *(_cell(wrong, c) for c in checks), f"{wrong.score} |"])
        for wrong in exercise.wrong
    ]
    return "\n".join([head, line, *rows, ""])


def _cell(wrong: Wrong, check: str) -> str:
    if check in wrong.fails:
        return _CAUGHT
    is_reached = check not in wrong.not_reached and (COMPILE not in wrong.fails or check == COMPILE)
    return _PASSED if is_reached else _NOT_REACHED
