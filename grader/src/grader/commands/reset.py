"""`./workbook reset`: put the handed-out file back, and keep the learner's."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace

from grader.backups import Backups
from grader.course import Course, Exercise
from grader.errors import GraderError, UsageError
from grader.files import write_atomically
from grader.paths import Tree
from grader.skeletons import handed_out, is_edited
from grader.state import Standing, StateFile, timestamp
from grader.terminal import confirm, is_interactive


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("keys", metavar="KEY", nargs="*", help="exercises or lessons")
    parser.add_argument("--all", action="store_true", help="all exercises of the course")
    parser.add_argument("--undo", action="store_true", help="bring your last version back")
    parser.add_argument("--yes", action="store_true", help="don't ask")


def run(course: Course, args: argparse.Namespace) -> int:
    """Reset, or undo resets."""
    exercises = _chosen(course, args)
    if args.undo:
        return _undo_all(course.tree, exercises)
    edited = [e for e in exercises if is_edited(course.tree, e.key)]
    if edited and not args.yes and is_interactive() and not confirm(question(edited)):
        print("Nothing was changed.")
        return 0
    for exercise in exercises:
        print(reset(course.tree, exercise))
    return 0


def _undo_all(tree: Tree, exercises: Sequence[Exercise]) -> int:
    done = [message for exercise in exercises if (message := undo(tree, exercise))]
    if not done:
        keys = ", ".join(exercise.key for exercise in exercises)
        raise UsageError(f"There is no backup to bring back of {keys}.")
    print("\n".join(done))
    return 0


def _chosen(course: Course, args: argparse.Namespace) -> Sequence[Exercise]:
    if args.all and args.keys:
        raise UsageError("Name exercises, or say --all, but not both.")
    if not args.all and not args.keys:
        raise UsageError("Which exercise?", "For example: ./workbook reset 01_submit/greeter")
    return course.exercises if args.all else course.select(args.keys)


def question(edited: Sequence[Exercise]) -> str:
    """Return what to ask before files are replaced."""
    keys = ", ".join(exercise.key for exercise in edited)
    return f"Put back the handed-out version of {keys}? Your version is kept as a backup."


def reset(tree: Tree, exercise: Exercise) -> str:
    """Reset one exercise, and return what to tell the learner."""
    key = exercise.key
    pristine = handed_out(tree, key)
    mine = _current(tree, key)
    shown = tree.shown(tree.exercise(key))
    if mine == pristine:
        return f"{shown} is as it was handed out."
    kept = ""
    if mine is not None:
        backup = _backups_of(tree, key, mine)
        kept = (
            f"\n  Your version is kept in {backup}\n  To undo: ./workbook reset {key} --undo"
        )
    _put(tree, key, pristine)
    StateFile(tree).change(key, _reopened)
    return f"{shown} is as it was handed out again.{kept}"


def undo(tree: Tree, exercise: Exercise) -> str:
    """Bring the last backup back, and return what to tell the learner; "" without one."""
    key = exercise.key
    mine = _current(tree, key)
    backup = Backups(tree, key).latest_other_than(mine)
    if backup is None:
        return ""
    wanted = backup.read_bytes()
    kept = ""
    if mine is not None and is_edited(tree, key):
        kept = f"\n  What was there is kept in {_backups_of(tree, key, mine)}"
    _put(tree, key, wanted)
    shown = tree.shown(tree.exercise(key))
    grade = f"\n  To grade it: ./workbook check {key}"
    return f"{shown} holds your version of {_when(backup.stem)} again.{kept}{grade}"


def _backups_of(tree: Tree, key: str, code: bytes) -> str:
    try:
        return tree.shown(Backups(tree, key).keep(code, timestamp()))
    except OSError as error:
        raise GraderError(
            f"Your version of {key} can't be backed up: {error.strerror}.",
            "Nothing was changed. Make .workbook/backups writable.",
        ) from error


def _current(tree: Tree, key: str) -> bytes | None:
    path = tree.exercise(key)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise GraderError(
            f"{tree.shown(path)} can't be read: {error.strerror}.", "Nothing was changed."
        ) from error


def _put(tree: Tree, key: str, code: bytes) -> None:
    path = tree.exercise(key)
    try:
        write_atomically(path, code)
    except OSError as error:
        raise GraderError(f"{tree.shown(path)} can't be written: {error.strerror}.") from error


def _reopened(standing: Standing) -> Standing:
    """The exercise is to be done again; what was achieved and shown stays known."""
    return replace(standing, solved=False, verdict="", code="", failing={})


def _when(stamp: str) -> str:
    """Return a timestamp as people write it."""
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]} {stamp[9:11]}:{stamp[11:13]} UTC"
