"""`./workbook read`: a lesson's text in the terminal, or what it says of an exercise."""

from __future__ import annotations

import argparse
import re
import sys

from grader.course import Course, Exercise, Lesson
from grader.errors import GraderError
from grader.markdown import to_terminal
from grader.road import Road
from grader.state import StateFile
from grader.terminal import Look, page


# "Your turn", as a heading or a bold line of its own, up to the next of these.
_YOUR_TURN = re.compile(
    r"^(?:#+ +|\*\*)Your turn\b[^\n]*\n(?P<part>.*?)(?=^#+ |^\*\*[^*\n]+\*\*$|\Z)", re.DOTALL | re.MULTILINE
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "key",
        metavar="KEY",
        nargs="?",
        help="a lesson, or an exercise for its task alone; without it, the next lesson",
    )


def run(course: Course, args: argparse.Namespace) -> int:
    """Show the text of a lesson, or its part on an exercise."""
    look = Look.of(sys.stdout)
    key = args.key or _next_key(course)
    found = course.select([key])[0]
    names_exercise = "/" in key.strip("/").removeprefix("exercises/")
    text = exercise_text(course, found, look) if names_exercise else lesson_text(course, found.key, look)
    page(text)
    return 0


def lesson_text(course: Course, key: str, look: Look) -> str:
    """Return the lesson's text as the terminal shows it."""
    return to_terminal(_markdown(course, course.lesson(key)), look)


def exercise_text(course: Course, exercise: Exercise, look: Look) -> str:
    """Return what the lesson says of its exercises, and where this one is."""
    tree, lesson = course.tree, course.lesson(exercise.key)
    markdown = _markdown(course, lesson)
    your_turn = _YOUR_TURN.search(markdown)
    if your_turn is None:
        return to_terminal(markdown, look)
    return to_terminal(
        f"# {exercise.key}: {exercise.title}\n\n{your_turn['part'].strip()}\n\n"
        f"- The contract: `{tree.shown(tree.header(exercise.key))}`\n"
        f"- Your file: `{tree.shown(tree.exercise(exercise.key))}`, {exercise.minutes} minutes\n"
        f"- The whole lesson: `./workbook read {lesson.key}`\n",
        look,
    )


def _markdown(course: Course, lesson: Lesson) -> str:
    path = course.tree.lesson_text(lesson.key)
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error.reason
        raise GraderError(
            f"The lesson's text {course.tree.shown(path)} can't be read: {reason}.",
            "Is this a whole clone?",
        ) from error


def _next_key(course: Course) -> str:
    """Return the lesson of the next unsolved exercise; at the end of the road, of the last one."""
    exercise = Road(course, StateFile(course.tree).read()).next
    return (exercise or course.exercises[-1]).lesson_key
