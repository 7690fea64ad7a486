"""The course as its TOML files describe it, checked while it is read.

`docs/lesson-facts.md` explains every key. Nothing here looks at C code.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.checks import COMPILE, Check, read_check
from grader.errors import GraderError, UsageError
from grader.facts import Table
from grader.model import Kind
from grader.paths import Tree

HINT_LEVELS = 3
DEFAULT_SECONDS = 10.0
DEFAULT_SKELETON_LINES = 80

_COMPILE_HINTS = (
    "Which line does the first message name? Later messages often follow from the first.",
    "Compare your line with the header beside the exercise: same name, same types, same order?",
    "Undo your last change until it compiles again, then repeat it in smaller steps.",
)

_LESSON_KEYS = {
    "title",
    "minutes",
    "after",
    "section",
    "programs",
    "new_names",
    "compile_hints",
    "exercises",
}
_EXERCISE_KEYS = {
    "name",
    "title",
    "minutes",
    "skeleton_fails",
    "skeleton_lines",
    "seconds",
    "checks",
    "wrong",
}
_WRONG_KEYS = {"file", "misconception", "says", "fails", "not_reached", "score"}


@dataclass(frozen=True)
class Wrong:
    """A wrong submission, and how exactly it has to be caught."""

    file: str
    misconception: str
    says: str
    fails: tuple[str, ...]
    not_reached: tuple[str, ...]
    score: int


@dataclass(frozen=True)
class Exercise:
    """What the grader knows of one exercise."""

    key: str
    title: str
    minutes: int
    checks: tuple[Check, ...]  # the first is always `compile`
    skeleton_fails: tuple[str, ...]
    wrong: tuple[Wrong, ...]
    seconds: float = DEFAULT_SECONDS
    skeleton_lines: int = DEFAULT_SKELETON_LINES  # at most

    @property
    def lesson_key(self) -> str:
        """Return the key of its lesson."""
        return self.key.split("/")[0]

    @property
    def is_explored(self) -> bool:
        """Whether any check needs the explorer."""
        return any(check.is_explored for check in self.checks)

    def check(self, check_id: str) -> Check:
        """Return the check with this id."""
        return next(check for check in self.checks if check.id == check_id)


@dataclass(frozen=True)
class Lesson:
    """What the grader knows of one lesson."""

    key: str
    title: str
    minutes: int
    section: str
    programs: tuple[str, ...]
    new_names: tuple[str, ...]
    exercises: tuple[Exercise, ...]
    after: str = ""  # the lesson behind which a review stands; '' for a lesson, whose key says it

    @property
    def place(self) -> tuple[str, str]:
        """Return what orders the road: a review stands between its lesson and the next."""
        return (self.after, self.key) if self.after else (self.key, "")


@dataclass(frozen=True)
class Course:
    """All lessons, in order."""

    tree: Tree
    lessons: tuple[Lesson, ...]

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """Return all exercises in the order in which they are met."""
        return tuple(exercise for lesson in self.lessons for exercise in lesson.exercises)

    def lesson(self, key: str) -> Lesson:
        """Return the lesson of a lesson's or an exercise's key."""
        wanted = key.split("/")[0]
        for lesson in self.lessons:
            if lesson.key == wanted:
                return lesson
        raise UsageError(f"There is no lesson '{wanted}'.", self._nearest(wanted))

    def select(self, keys: Iterable[str]) -> tuple[Exercise, ...]:
        """Return the exercises that the keys name, in course order, once each."""
        wanted = {exercise.key for key in keys for exercise in self._of_key(key)}
        return tuple(exercise for exercise in self.exercises if exercise.key in wanted)

    def _of_key(self, key: str) -> tuple[Exercise, ...]:
        key = key.strip("/").removeprefix("exercises/").removesuffix(".c")
        found = tuple(
            exercise for exercise in self.exercises if key in (exercise.key, exercise.key.split("/")[0])
        )
        if not found:
            raise UsageError(f"There is no lesson or exercise '{key}'.", self._nearest(key))
        return found

    def _nearest(self, key: str) -> str:
        """Return a hint: what was probably meant."""
        known = {lesson.key: lesson.key for lesson in self.lessons}
        for exercise in self.exercises:
            known[exercise.key] = known[exercise.key.split("/")[1]] = exercise.key
        near = difflib.get_close_matches(key, known, n=1)
        return f"Did you mean '{known[near[0]]}'?" if near else "`./workbook list` shows all."


def load_course(tree: Tree) -> Course:
    """Read and check every lesson's TOML."""
    files = sorted(tree.lesson_facts.glob("*.toml"))
    if not files:
        raise GraderError(f"No lesson was found in {tree.lesson_facts}.", "Is this a whole clone?")
    lessons = sorted((_lesson(file) for file in files), key=lambda lesson: lesson.place)
    return Course(tree, tuple(lessons))


def _lesson(file: Path) -> Lesson:
    facts = Table.of_file(file, "the lesson")
    facts.only(_LESSON_KEYS)
    compile_check = Check(
        COMPILE, Kind.COMPILE, "It compiles", 0, facts.texts("compile_hints", _COMPILE_HINTS)
    )
    lesson = Lesson(
        key=file.stem,
        title=facts.text("title"),
        minutes=facts.whole("minutes"),
        section=facts.text("section"),
        programs=facts.texts("programs"),
        new_names=facts.texts("new_names"),
        exercises=tuple(_exercise(file.stem, compile_check, table) for table in facts.tables("exercises")),
        after=facts.text("after") if facts.has("after") else "",
    )
    names = [exercise.key for exercise in lesson.exercises]
    if len(set(names)) != len(names):
        raise facts.bad("two exercises have the same name")
    return lesson


def _exercise(lesson_key: str, compile_check: Check, facts: Table) -> Exercise:
    name = facts.text("name")
    facts = facts.named(f"exercise {name}")
    facts.only(_EXERCISE_KEYS)
    exercise = Exercise(
        key=f"{lesson_key}/{name}",
        title=facts.text("title"),
        minutes=facts.whole("minutes"),
        checks=(compile_check, *(read_check(name, table) for table in facts.tables("checks"))),
        skeleton_fails=facts.texts("skeleton_fails"),
        wrong=tuple(_wrong(name, table) for table in facts.tables("wrong", ())),
        seconds=facts.seconds("seconds", DEFAULT_SECONDS),
        skeleton_lines=facts.whole("skeleton_lines", DEFAULT_SKELETON_LINES),
    )
    _ids_are_known(facts, exercise)
    return exercise


def _wrong(exercise: str, facts: Table) -> Wrong:
    file = facts.text("file")
    facts = facts.named(f"exercise {exercise}, wrong {file}")
    facts.only(_WRONG_KEYS)
    return Wrong(
        file=file,
        misconception=facts.text("misconception"),
        says=facts.text("says"),
        fails=facts.texts("fails"),
        not_reached=facts.texts("not_reached", ()),
        score=facts.whole("score"),
    )


def _ids_are_known(facts: Table, exercise: Exercise) -> None:
    ids = [check.id for check in exercise.checks]
    if len(set(ids)) != len(ids):
        raise facts.bad("two checks have the same id")
    for position, check in enumerate(exercise.checks):
        for required in check.requires:
            if required not in ids[:position]:
                raise facts.bad(f"{check.id} requires '{required}', which is no earlier check")
    named = [*exercise.skeleton_fails]
    for wrong in exercise.wrong:
        named += [*wrong.fails, *wrong.not_reached]
    for check_id in named:
        if check_id not in ids:
            raise facts.bad(f"there is no check '{check_id}'")
