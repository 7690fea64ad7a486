"""`./workbook hint`: the next hint for the check that fails."""

from __future__ import annotations

import argparse
import sys

from grader.attempts import attempt, code_of
from grader.checks import Check
from grader.course import Course, Exercise
from grader.errors import GraderError, UsageError
from grader.grade import Grader
from grader.hints import as_text, exhausted, first_failing, mark_shown, shown, upcoming
from grader.model import Verdict
from grader.paths import Tree
from grader.road import Road, one_exercise
from grader.state import Standing, StateFile
from grader.terminal import Look


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "key", metavar="KEY", nargs="?", help="an exercise; without it, the next unsolved one"
    )
    parser.add_argument("--check", metavar="ID", help="a hint for this check, failing or not")
    parser.add_argument(
        "--all-shown", action="store_true", help="repeat the hints that you have seen"
    )


def run(course: Course, args: argparse.Namespace) -> int:
    """Show the next hint, or those shown already."""
    state = StateFile(course.tree)
    exercise = _exercise(course, state, args.key)
    if exercise is None:
        print("Every exercise is solved: no hint is needed.")
        return 0
    check = _named(exercise, args.check) if args.check else _failing(course, state, exercise)
    look = Look.of(sys.stdout)
    if check is None:
        print(f"{exercise.key} passes: no hint is needed.")
        if course.tree.has_solutions:
            print(f"To compare your code with ours: ./workbook diff {exercise.key}")
    elif args.all_shown:
        print(_seen(exercise, check, state.read().of(exercise.key), look))
    else:
        print(next_hint(course.tree, state, exercise, check, look))
    return 0


def next_hint(tree: Tree, state: StateFile, exercise: Exercise, check: Check, look: Look) -> str:
    """Return the next hint as text, and note that it was shown."""
    hint = upcoming(check, state.read().of(exercise.key))
    if hint is None:
        return exhausted(tree, exercise, check)
    mark_shown(state, exercise, hint)
    if hint.is_last:
        more = f"This was the last hint. The lesson: ./workbook read {exercise.lesson_key}"
    else:
        more = f"The next one: ./workbook hint {exercise.key}"
    return f"{as_text(hint, look)}\n\n{more}"


def _seen(exercise: Exercise, check: Check, standing: Standing, look: Look) -> str:
    hints = shown(check, standing)
    if not hints:
        return f'You have seen no hint for "{check.title}" yet: ./workbook hint {exercise.key}'
    return "\n\n".join(as_text(hint, look) for hint in hints)


def _exercise(course: Course, state: StateFile, key: str | None) -> Exercise | None:
    return one_exercise(course, key) if key else Road(course, state.read()).next


def _named(exercise: Exercise, check_id: str) -> Check:
    for check in exercise.checks:
        if check.id == check_id:
            return check
    known = ", ".join(check.id for check in exercise.checks)
    raise UsageError(f"{exercise.key} has no check '{check_id}'.", f"Its checks: {known}.")


def _failing(course: Course, state: StateFile, exercise: Exercise) -> Check | None:
    """Return the first check that the file fails as it is now; None if it passes."""
    standing = state.read().of(exercise.key)
    is_current = standing.code == code_of(course.tree.exercise(exercise.key)) != ""
    if is_current and standing.verdict == Verdict.PASSED:
        return None
    if is_current and (check := first_failing(exercise, standing)):
        return check
    return _failing_afresh(course, exercise)


def _failing_afresh(course: Course, exercise: Exercise) -> Check | None:
    print(f"Grading {exercise.key} first ...", file=sys.stderr)
    result = attempt(course.tree, exercise, Grader(course).grade)
    if result.verdict is Verdict.PASSED:
        return None
    if not result.failing():
        raise GraderError(f"{exercise.key} can't be judged on this machine.", "See ./workbook doctor.")
    first = result.failing()[0]
    if first.verdict is Verdict.GRADER_ERROR:
        raise GraderError(f"{exercise.key} could not be graded: {first.message}")
    return exercise.check(first.id)
