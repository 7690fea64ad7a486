"""`./workbook watch`: grade an exercise each time its file is saved."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from grader.course import Course, Exercise
from grader.grade import Grader
from grader.interactive import Interactive
from grader.keyboard import Keyboard
from grader.model import ExerciseResult
from grader.road import Road, one_exercise
from grader.session import Grade, Session
from grader.state import StateFile
from grader.terminal import Look, is_interactive
from grader.text import summary
from grader.watching import POLL_SECONDS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "key", metavar="KEY", nargs="?", help="an exercise; without it, the next unsolved one"
    )
    # For tests: end after looking so often at the file.
    parser.add_argument("--polls", type=int, help=argparse.SUPPRESS)


def run(course: Course, args: argparse.Namespace) -> int:
    """Watch in the way that fits: with keys in a terminal, else line by line."""
    road = Road(course, StateFile(course.tree).read())
    exercise = one_exercise(course, args.key) if args.key else road.next
    if exercise is None:
        print("Every exercise is solved. To watch one all the same: ./workbook watch KEY")
        return 0
    if is_interactive():
        return on_screen(course, exercise)
    return _line_by_line(course, exercise, args.polls)


def on_screen(course: Course, exercise: Exercise) -> int:
    """Watch in a terminal until the learner leaves."""
    screen = Interactive()
    try:
        with Keyboard() as keyboard:
            session = Session(course, exercise, _grade_with(course, screen.show_progress))
            screen.run(session, keyboard)
    except (KeyboardInterrupt, EOFError):
        pass  # Ctrl-C, `q` in the middle of a grading, or a terminal that was closed
    print("\nGo on with ./workbook; it starts at the next unsolved exercise.")
    return 0


def _line_by_line(course: Course, exercise: Exercise, polls: int | None) -> int:
    """Print a line for each grading; nobody is there to press keys."""
    session = Session(course, exercise, _grade_with(course, lambda _: None))
    print(f"Watching {course.tree.shown(session.file)}. Ctrl-C ends it.", flush=True)
    while polls is None or polls > 0:
        if session.was_saved() or session.is_due:
            session.grade()
            if session.fault:
                raise session.fault
            print(_line(session), flush=True)
        polls = None if polls is None else polls - 1
        time.sleep(POLL_SECONDS)
    return 0


def _line(session: Session) -> str:
    assert session.result is not None
    failing = session.result.failing()
    reason = f": {failing[0].title}" if failing else ""
    return f"{summary(session.result, Look.of(sys.stdout))}{reason}"


def _grade_with(course: Course, progress: Callable[[str], None]) -> Grade:
    """Return a way to grade that sets the grader up when it is first needed."""
    grader: Grader | None = None

    def grade(exercise: Exercise, code: Path) -> ExerciseResult:
        nonlocal grader
        grader = grader or Grader(course, progress)
        return grader.grade(exercise, code)

    return grade
