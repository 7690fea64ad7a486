"""`./workbook read`: a lesson's text in the terminal."""

from __future__ import annotations

import argparse
import sys

from grader.course import Course
from grader.errors import GraderError
from grader.markdown import to_terminal
from grader.road import Road
from grader.state import StateFile
from grader.terminal import Look, page


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "key", metavar="KEY", nargs="?", help="a lesson or an exercise; without it, the next one"
    )


def run(course: Course, args: argparse.Namespace) -> int:
    """Show the text of a lesson, or of an exercise's lesson."""
    page(lesson_text(course, args.key or _next_key(course), Look.of(sys.stdout)))
    return 0


def lesson_text(course: Course, key: str, look: Look) -> str:
    """Return the lesson's text as the terminal shows it."""
    path = course.tree.lesson_text(course.lesson(course.select([key])[0].key).key)
    try:
        markdown = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error.reason
        raise GraderError(
            f"The lesson's text {course.tree.shown(path)} can't be read: {reason}.",
            "Is this a whole clone?",
        ) from error
    return to_terminal(markdown, look)


def _next_key(course: Course) -> str:
    """Return the next unsolved exercise's key; at the end of the road, the last one's."""
    exercise = Road(course, StateFile(course.tree).read()).next
    return (exercise or course.exercises[-1]).key
