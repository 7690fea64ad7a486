"""`./workbook list`: the road through the course, and how far the learner is."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from grader.course import Course, Exercise
from grader.road import Mark, Road
from grader.state import StateFile
from grader.terminal import Look

# A symbol for the eye, a plain sign where that can't be shown, and always the word.
_SIGNS = {Mark.SOLVED: ("\u2713", "x"), Mark.STARTED: ("\u2022", "~"), Mark.UNTOUCHED: ("\u00b7", " ")}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--json", action="store_true", help="print the list as data")


def run(course: Course, args: argparse.Namespace) -> int:
    """Print the list."""
    road = Road(course, StateFile(course.tree).read())
    if args.json:
        print(json.dumps(road.to_json(), indent=2))
    else:
        print("\n".join(as_text(road, Look.of(sys.stdout))))
    return 0


def as_text(road: Road, look: Look) -> Iterator[str]:
    """Yield the lines that people read."""
    yield summary(road)
    if road.next:
        yield f"Next is {look.bold(road.next.key)}."
    width = max((len(_name(e)) for e in road.course.exercises), default=0)
    for lesson in road.course.lessons:
        yield ""
        yield f"{look.bold(lesson.key)}  {lesson.title}  {look.dim(f'({lesson.minutes} minutes)')}"
        for exercise in lesson.exercises:
            yield _line(road, exercise, width, look)


def summary(road: Road) -> str:
    """Return in one line how far the learner is."""
    solved = f"You have solved {road.solved} of {road.total} exercises"
    if road.next is None:
        return f"{solved}: all of them."
    return f"{solved}; about {road.minutes_left} minutes are left."


def _name(exercise: Exercise) -> str:
    return exercise.key.split("/")[1]


def _line(road: Road, exercise: Exercise, width: int, look: Look) -> str:
    mark = road.mark(exercise)
    arrow = look.symbol("\u2192", ">") if road.next is exercise else " "
    state = f"{look.symbol(*_SIGNS[mark])} {mark.value:9}"
    if mark is Mark.SOLVED:
        state = look.green(state)
    time = look.dim(f"{exercise.minutes:2} min")
    return f"{arrow} {state}  {_name(exercise).ljust(width)}  {time}  {exercise.title}"
