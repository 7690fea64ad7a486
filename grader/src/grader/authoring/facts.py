"""Aspect `facts`: what can be seen in a lesson's TOML alone, and beside its code."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from grader import misconceptions
from grader.authoring.c_text import read_text, without_comments
from grader.authoring.finding import Finding, Settings
from grader.authoring.scope import Scope
from grader.checks import COMPILE, Check
from grader.course import HINT_LEVELS, Exercise, Lesson
from grader.model import Kind
from grader.paths import Tree

FULL_SCORE = 100
_MINUTES = range(5, 21)
MOST_SKELETON_LINES = 150  # that an exercise may ask for
_LEAST_TELLING = 12  # characters: a shorter line, such as `}` or `i++;`, gives nothing away


def check_facts(scope: Scope, settings: Settings) -> Iterator[Finding]:
    """Check the claims of the lessons' facts that need no compiler."""
    for lesson in scope.lessons:
        file = scope.tree.shown(scope.tree.lesson_facts / f"{lesson.key}.toml")
        for problem, remedy in _lesson(lesson):
            yield Finding(file, problem, remedy)
    for exercise in scope.exercises:
        file = scope.tree.shown(scope.tree.lesson_facts / f"{exercise.key.split('/')[0]}.toml")
        for problem, remedy in (*_exercise(scope.tree, exercise), *_ideas(scope.tree, exercise)):
            yield Finding(file, f"{exercise.key}: {problem}", remedy)


_Words = Iterator[tuple[str, str]]  # what is wrong, what to do


def _lesson(lesson: Lesson) -> _Words:
    yield from _written("the title", lesson.title)
    yield from _written("the section", lesson.section)
    needed = sum(exercise.minutes for exercise in lesson.exercises)
    if lesson.minutes < needed:
        yield f"{lesson.minutes} minutes, but its exercises take {needed}", "count the reading, too"
    if lesson.exercises:
        yield from _hints(lesson.exercises[0].checks[0], "compile_hints")


def _exercise(tree: Tree, exercise: Exercise) -> _Words:
    yield from _written("the title", exercise.title)
    if exercise.title.endswith("."):
        yield "its title ends with a full stop", "take it away"
    if exercise.minutes not in _MINUTES:
        allowed = f"{_MINUTES.start} to {_MINUTES.stop - 1}"
        yield f"it takes {exercise.minutes} minutes", f"make it {allowed}, or split it"
    if exercise.skeleton_lines > MOST_SKELETON_LINES:
        yield f"its skeleton may have {exercise.skeleton_lines} lines", f"allow {MOST_SKELETON_LINES} at most"
    points = sum(check.points for check in exercise.checks)
    if points != FULL_SCORE:
        yield f"its checks add up to {points} points", f"make it {FULL_SCORE}"
    yield from _nothing_to_earn(exercise)
    told = _telling_lines(tree, exercise)
    for check in exercise.checks[1:]:
        where = f"check {check.id}"
        yield from _written(f"the title of {where}", check.title)
        yield from _hints(check, where)
        yield from _answers(check, told)
        if check.kind is not Kind.MEMORY and not (check.tests or check.clock):
            yield f"{where} has no test", "name the tests of which it consists"
    yield from _wrong(exercise)


def _written(what: str, text: str) -> _Words:
    if not text.strip():
        yield f"{what} is empty", "write it"
    elif "TODO" in text:
        yield f"{what} is not written yet", "replace the TODO"


def _hints(check: Check, where: str) -> _Words:
    """Three of them, each saying something, each something else."""
    if len(check.hints) != HINT_LEVELS:
        yield (
            f"{where} has {len(check.hints)} hints",
            f"give it {HINT_LEVELS}: a question, a place to look, the shape of the answer",
        )
    for number, hint in enumerate(check.hints, start=1):
        yield from _written(f"hint {number} of {where}", hint)
    spoken = [" ".join(hint.split()).lower() for hint in check.hints if hint.strip() and "TODO" not in hint]
    if len(set(spoken)) != len(spoken):
        yield f"{where} has the same hint twice", "let each level say more than the one before"


def _answers(check: Check, told: set[str]) -> _Words:
    for number, hint in enumerate(check.hints, start=1):
        squeezed = _squeezed(hint)
        given_away = sorted(line for line in told if line in squeezed)
        if given_away:
            yield (
                f"hint {number} of check {check.id} holds a line of the solution ('{given_away[0]}')",
                "describe the shape of the answer, and leave the writing to the learner",
            )


def _telling_lines(tree: Tree, exercise: Exercise) -> set[str]:
    """Return the solution's lines of code that the learner doesn't have already."""
    given = _lines(read_text(tree.exercise(exercise.key))) | _lines(read_text(tree.header(exercise.key)))
    return {
        line for line in _lines(read_text(tree.solution(exercise.key))) - given if len(line) >= _LEAST_TELLING
    }


def _lines(source: str) -> set[str]:
    return {_squeezed(line) for line in without_comments(source).splitlines()}


def _squeezed(text: str) -> str:
    """Leave out what may differ without meaning anything: blanks."""
    return "".join(text.split())


def _nothing_to_earn(exercise: Exercise) -> _Words:
    """Doing nothing earns nothing: each check fails, or waits for one that does."""
    fails = set(exercise.skeleton_fails)
    if not fails:
        yield "`skeleton_fails` is empty", "name the checks that the skeleton has to fail"
    if COMPILE in fails:
        yield "`skeleton_fails` names compile", "hand out a skeleton that compiles"
    unreached = set(fails)
    for check in exercise.checks[1:]:
        if unreached & set(check.requires):
            unreached.add(check.id)
        elif check.id not in fails:
            yield (
                f"the skeleton could earn the points of check {check.id}",
                "let it require a check that the skeleton fails",
            )


def _wrong(exercise: Exercise) -> _Words:
    for wrong in exercise.wrong:
        yield from _written(f"`says` of {wrong.file}", wrong.says)
        if not wrong.fails:
            yield f"{wrong.file} fails nothing", "name the check that has to catch it"
        lost = {*wrong.fails, *wrong.not_reached}
        left = 0 if COMPILE in lost else sum(c.points for c in exercise.checks if c.id not in lost)
        if left != wrong.score:
            problem = f"{wrong.file} declares the score {wrong.score}, its checks leave {left}"
            yield problem, "correct one of the two"


def _ideas(tree: Tree, exercise: Exercise) -> _Words:
    """Each misconception that is named is in the catalogue."""
    known = misconceptions.load(tree)
    named = [(f"check {check.id}", check.misconception) for check in exercise.checks if check.misconception]
    named += [(wrong.file, wrong.misconception) for wrong in exercise.wrong]
    for where, key in named:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f", or write {near[0]}" if near else ""
            yield f"{where}: the misconception '{key}' is not known", f"add it to docs/misconceptions.md{hint}"
