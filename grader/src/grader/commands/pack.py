"""`./workbook pack`: write the zip file that is handed in."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from grader.course import Course, Exercise
from grader.errors import GraderError, UsageError
from grader.files import sha256, write_atomically, write_beside
from grader.handin import Piece, archive, piece
from grader.model import Verdict
from grader.skeletons import is_edited
from grader.state import Standing, StateFile


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "keys",
        metavar="KEY",
        nargs="*",
        help="exercises or lessons; without any, whatever you have edited",
    )
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="where to write")
    parser.add_argument("--force", action="store_true", help="replace FILE if it exists")


def run(course: Course, args: argparse.Namespace) -> int:
    """Pack the learner's files and say what is in."""
    pieces = [piece(course.tree, exercise) for exercise in _chosen(course, args.keys)]
    path = _write(archive(pieces), args.output, args.force)
    state = StateFile(course.tree).read()
    print(f"{path} holds")
    for each in pieces:
        print(f"  {each.path}{_note(course, each, state.of(each.key))}")
    print("and a list of their checksums. It says nothing about hints, attempts or time.")
    return 0


def _chosen(course: Course, keys: Sequence[str]) -> Sequence[Exercise]:
    if keys:
        return course.select(keys)
    edited = [e for e in course.exercises if is_edited(course.tree, e.key)]
    if not edited:
        raise UsageError(
            "You have not edited any exercise yet, so there is nothing to hand in.",
            "Name exercises to pack them as they are.",
        )
    return edited


def _note(course: Course, packed: Piece, standing: Standing) -> str:
    """Say what the learner may have forgotten; nothing of it is in the zip file."""
    if not is_edited(course.tree, packed.key):
        return "  (as handed out: you have not edited it)"
    if standing.code != sha256(packed.code):
        return f"  (not checked as it is now: ./workbook check {packed.key})"
    if standing.verdict != Verdict.PASSED:
        return f"  (it does not pass: ./workbook check {packed.key})"
    return ""


def _write(data: bytes, output: Path | None, force: bool) -> Path:
    try:
        if output is None:
            return write_beside(Path(f"workbook-{date.today().isoformat()}.zip"), data)
        if output.exists() and not force:
            raise UsageError(f"{output} exists already.", "Name another file, or say --force.")
        if output.is_dir():
            raise UsageError(f"{output} is a folder.", "Name a file.")
        write_atomically(output, data)
        return output
    except OSError as error:
        raise GraderError(f"The zip file can't be written: {error}.", "Name another place: -o FILE") from error
