"""What watch mode knows: the exercise at hand, its last verdict, its hints.

Nothing here reads a key or writes to the screen: `interactive.py` does.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from grader.attempts import attempt
from grader.course import Course, Exercise
from grader.errors import GraderError
from grader.hints import Hint, first_failing, mark_shown, take_due, upcoming
from grader.model import ExerciseResult, Verdict
from grader.road import Road, lines_to_edit
from grader.state import Standing, StateFile
from grader.watching import FileWatcher

Grade = Callable[[Exercise, Path], ExerciseResult]


class Session:
    """One learner's way through the course, exercise by exercise."""

    def __init__(
        self,
        course: Course,
        exercise: Exercise,
        grade: Grade,
        watcher: Callable[[Path], FileWatcher] = FileWatcher,
    ) -> None:
        self.course = course
        self.state = StateFile(course.tree)
        self._grade = grade
        self._watcher_of = watcher
        self.open(exercise)

    def open(self, exercise: Exercise) -> None:
        """Turn to an exercise; it is to be graded."""
        self.exercise = exercise
        self.result: ExerciseResult | None = None
        self.fault: GraderError | None = None  # why there is no result
        self.hint: Hint | None = None
        self._watcher = self._watcher_of(self.file)
        self.is_due = True  # the file is to be graded

    @property
    def file(self) -> Path:
        """Return the file that the learner edits."""
        return self.course.tree.exercise(self.exercise.key)

    @property
    def places(self) -> list[str]:
        """Return the file as `path:line`, one for each place that waits."""
        shown = self.course.tree.shown(self.file)
        return [f"{shown}:{line}" for line in lines_to_edit(self.file)] or [shown]

    @property
    def standing(self) -> Standing:
        """Return what is known of the exercise."""
        return self.state.read().of(self.exercise.key)

    @property
    def road(self) -> Road:
        """Return where the learner stands."""
        return Road(self.course, self.state.read())

    @property
    def has_passed(self) -> bool:
        """Whether the file passes as it is."""
        return self.result is not None and self.result.verdict is Verdict.PASSED

    def neighbour(self, step: int) -> Exercise | None:
        """Return the exercise some steps further on the road, if there is one."""
        exercises = self.course.exercises
        position = exercises.index(self.exercise) + step
        return exercises[position] if 0 <= position < len(exercises) else None

    def was_saved(self) -> bool:
        """Look once whether the file was saved; then it is to be graded."""
        was_saved = self._watcher.was_saved()
        self.is_due = self.is_due or was_saved
        return was_saved

    def grade(self) -> None:
        """Grade the file as it is now; a hint stays as long as it fits."""
        self.is_due = False
        self.result, self.fault = None, None
        try:
            self.result = attempt(self.course.tree, self.exercise, self._grade)
        except GraderError as error:
            self.fault = error
        failing = first_failing(self.exercise, self.standing)
        if self.hint and (failing is None or failing.id != self.hint.check.id):
            self.hint = None
        self.hint = take_due(self.state, self.exercise) or self.hint

    def next_hint(self) -> Hint | None:
        """Take the next hint for what fails; None if there is none."""
        check = first_failing(self.exercise, self.standing)
        hint = upcoming(check, self.standing) if check else None
        if hint:
            mark_shown(self.state, self.exercise, hint)
            self.hint = hint
        return hint
