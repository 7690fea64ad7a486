"""Where the learner stands: which exercises are solved, and which is next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from grader.course import Course, Exercise, Lesson
from grader.errors import UsageError
from grader.skeletons import is_edited
from grader.state import State


class Mark(StrEnum):
    """What became of an exercise so far."""

    SOLVED = "solved"
    STARTED = "started"
    UNTOUCHED = "untouched"


@dataclass(frozen=True)
class Road:
    """The course, and what the learner has done of it."""

    course: Course
    state: State

    def mark(self, exercise: Exercise) -> Mark:
        """Return what became of one exercise."""
        if self.state.of(exercise.key).solved:
            return Mark.SOLVED
        edited = is_edited(self.course.tree, exercise.key)
        return Mark.STARTED if edited else Mark.UNTOUCHED

    @property
    def next(self) -> Exercise | None:
        """Return the first unsolved exercise; None at the end of the road."""
        unsolved = (e for e in self.course.exercises if not self.state.of(e.key).solved)
        return next(unsolved, None)

    @property
    def solved(self) -> int:
        """Return how many exercises are solved."""
        return sum(self.state.of(e.key).solved for e in self.course.exercises)

    @property
    def total(self) -> int:
        """Return how many exercises there are."""
        return len(self.course.exercises)

    @property
    def minutes_left(self) -> int:
        """Return the minutes for the texts and exercises that are still ahead."""
        return sum(self._minutes_left(lesson) for lesson in self.course.lessons)

    def _minutes_left(self, lesson: Lesson) -> int:
        solved = [e for e in lesson.exercises if self.state.of(e.key).solved]
        if len(solved) == len(lesson.exercises):
            return 0
        return max(lesson.minutes - sum(e.minutes for e in solved), 0)

    def to_json(self) -> dict[str, Any]:
        """Return what `list --json` prints."""
        return {
            "solved": self.solved,
            "total": self.total,
            "minutes_left": self.minutes_left,
            "next": self.next.key if self.next else None,
            "lessons": [
                {
                    "key": lesson.key,
                    "title": lesson.title,
                    "minutes": lesson.minutes,
                    "exercises": [self._exercise_json(e) for e in lesson.exercises],
                }
                for lesson in self.course.lessons
            ],
        }

    def _exercise_json(self, exercise: Exercise) -> dict[str, Any]:
        standing = self.state.of(exercise.key)
        return {
            "key": exercise.key,
            "title": exercise.title,
            "minutes": exercise.minutes,
            "status": self.mark(exercise).value,
            "attempts": standing.attempts,
            "best_score": standing.best_score,
        }


def one_exercise(course: Course, key: str) -> Exercise:
    """Return the exercise that a key names; a lesson's key names one if it has only one."""
    found = course.select([key])
    if len(found) > 1:
        keys = ", ".join(exercise.key for exercise in found)
        raise UsageError(f"{key} has several exercises.", f"Name one of them: {keys}.")
    return found[0]


def lines_to_edit(path: Path) -> list[int]:
    """Return the numbers of the lines that wait for the learner: the code below each TODO.

    None if the file can't be read.
    """
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    todos = [number for number, line in enumerate(lines, start=1) if "TODO" in line]
    return [_code_below(lines, number) for number in todos]


def _code_below(lines: list[str], todo: int) -> int:
    """Return the first line of code that a comment is about; the comment's own if there is none."""
    for number in range(todo + 1, len(lines) + 1):
        line = lines[number - 1].strip()
        if line and not line.startswith(("//", "/*", "*")):
            return number
    return todo
