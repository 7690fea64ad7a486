"""Which lessons and exercises `dev check` looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.course import Course, Exercise, Lesson
from grader.paths import Tree


@dataclass(frozen=True)
class Scope:
    """A part of a course, or all of it."""

    course: Course
    lessons: tuple[Lesson, ...]
    exercises: tuple[Exercise, ...]
    is_whole: bool  # then what belongs to no lesson is looked at, too

    @property
    def tree(self) -> Tree:
        """Return where the course's files are."""
        return self.course.tree


def scope_of(course: Course, keys: Sequence[str]) -> Scope:
    """Return what the keys name; without keys, the whole course.

    The lesson of a named exercise belongs to it: its text and its programs
    are what the exercise stands on.
    """
    if not keys:
        return Scope(course, course.lessons, course.exercises, is_whole=True)
    lessons = {course.lesson(key).key for key in keys}
    named = {e.key for key in keys for e in _named(course, key)}
    return Scope(
        course,
        tuple(lesson for lesson in course.lessons if lesson.key in lessons),
        tuple(exercise for exercise in course.exercises if exercise.key in named),
        is_whole=False,
    )


def _named(course: Course, key: str) -> tuple[Exercise, ...]:
    """Return a key's exercises; a lesson just begun has none yet."""
    lesson = course.lesson(key)
    return lesson.exercises if key.strip("/") == lesson.key else course.select([key])
