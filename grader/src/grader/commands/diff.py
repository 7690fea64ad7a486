"""`./workbook diff`: the learner's code beside the solution, and why ours is so."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from grader.comparison import compare, note_why
from grader.course import Course, Exercise
from grader.errors import GraderError, UsageError, no_solutions
from grader.paths import Tree
from grader.road import one_exercise
from grader.state import Standing, StateFile, timestamp
from grader.terminal import Look, confirm, is_interactive, page


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("key", metavar="KEY", help="an exercise")
    parser.add_argument("--peek", action="store_true", help="even though you have not solved it")


def run(course: Course, args: argparse.Namespace) -> int:
    """Compare, if the learner has passed or wants to peek."""
    exercise = one_exercise(course, args.key)
    state = StateFile(course.tree)
    standing = state.read().of(exercise.key)
    text = comparison(course.tree, exercise, Look.of(sys.stdout))
    if not may_see(standing):
        if not args.peek:
            raise UsageError(
                f"You have not solved {exercise.key} yet.",
                f"To see our solution all the same: ./workbook diff {exercise.key} --peek",
            )
        if is_interactive() and not confirm(PEEK_QUESTION):
            return 0
        remember_peek(state, exercise)
    page(text)
    return 0


PEEK_QUESTION = "Show our solution before yours passes? Nobody counts it against you."


def may_see(standing: Standing) -> bool:
    """Whether the solution is no secret any more."""
    return bool(standing.first_passed or standing.peeked)


def remember_peek(state: StateFile, exercise: Exercise) -> None:
    """Note that the learner has seen the solution before passing."""
    state.change(exercise.key, lambda s: replace(s, peeked=s.peeked or timestamp()))


def comparison(tree: Tree, exercise: Exercise, look: Look) -> str:
    """Return the whole text: what differs, and the note why."""
    ours = _solution(tree, exercise.key)
    mine = _mine(tree, exercise.key)
    where = tree.shown(tree.exercise(exercise.key))
    legend = f"{look.red('- yours')} ({where})   {look.green('+ ours')}"
    differences = compare(mine, ours, look)
    body = f"{legend}\n\n{differences}" if differences else "Your code and ours are the same."
    why = note_why(ours)
    return f"{body}\n\n{look.bold('Why ours is as it is')}\n\n{why}" if why else body


def _solution(tree: Tree, key: str) -> str:
    path = tree.solution(key)
    if not tree.has_solutions:
        raise no_solutions()
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise GraderError(
            f"The solution {tree.shown(path)} can't be read: {error.strerror}.",
            "Is this a whole clone?",
        ) from error


def _mine(tree: Tree, key: str) -> str:
    path = tree.exercise(key)
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(
            f"{tree.shown(path)} can't be read: {error.strerror}.",
            f"./workbook reset {key} puts the handed-out file back.",
        ) from error
