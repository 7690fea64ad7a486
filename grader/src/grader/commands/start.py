"""`./workbook` without a command: go on where the learner stands."""

from __future__ import annotations

import argparse
import sys

from grader.commands import watch
from grader.commands.list import summary
from grader.course import Course, Exercise
from grader.road import Road, lines_to_edit
from grader.state import StateFile
from grader.terminal import Look, is_interactive

HELP = "Go on where you stand: in a terminal in watch mode, else with a word on what is next."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare that there are no arguments."""


def run(course: Course, args: argparse.Namespace) -> int:
    """Watch the next exercise in a terminal; elsewhere say what is next."""
    road = Road(course, StateFile(course.tree).read())
    if road.next is not None and is_interactive():
        return watch.on_screen(course, road.next)
    print(what_is_next(road, Look.of(sys.stdout)))
    return 0


def what_is_next(road: Road, look: Look) -> str:
    """Return where the learner stands, and the exact next commands."""
    lines = [look.bold("Concurrent Futures in C"), "", summary(road), ""]
    if road.next is None:
        if road.course.tree.has_solutions:
            lines.append("  Compare  ./workbook diff KEY    your code and ours, and why ours is as it is")
        lines.append("  Hand in  ./workbook pack")
    else:
        lines += _steps(road, road.next, look)
    return "\n".join(lines)


def _steps(road: Road, exercise: Exercise, look: Look) -> list[str]:
    lesson = road.course.lesson(exercise.key)
    file = road.course.tree.exercise(exercise.key)
    shown = road.course.tree.shown(file)
    waiting = lines_to_edit(file)
    return [
        f'Next is {look.bold(exercise.key)}, "{exercise.title}" ({exercise.minutes} minutes).',
        "",
        f"  Read     ./workbook read {lesson.key}",
        f"  Edit     {look.place(file, f'{shown}:{waiting[0]}' if waiting else shown)}",
        f"  Check    ./workbook check {exercise.key}",
        f"  Stuck?   ./workbook hint {exercise.key}",
        "",
        "  ./workbook watch   grades whenever you save",
        "  ./workbook list    shows the whole road",
    ]
