"""The course as its TOML files describe it, checked while it is read.

`docs/lesson-facts.md` explains every key. Nothing here looks at C code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import GraderError, UsageError
from grader.model import Kind
from grader.paths import Tree

COMPILE = "compile"  # the id of every exercise's first, implicit check
HINT_LEVELS = 3
DEFAULT_SECONDS = 10.0

_COMPILE_HINTS = (
    "Which line does the first message name? Later messages often follow from the first.",
    "Compare your line with the header beside the exercise: same name, same types, same order?",
    "Undo your last change until it compiles again, then repeat it in smaller steps.",
)


@dataclass(frozen=True)
class Check:
    """One claim about an exercise, with its points and hints."""

    id: str
    kind: Kind
    title: str
    points: int
    hints: tuple[str, ...]
    requires: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()


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
        raise UsageError(f"There is no lesson '{wanted}'.", self._known_keys())

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
            raise UsageError(f"There is no lesson or exercise '{key}'.", self._known_keys())
        return found

    def _known_keys(self) -> str:
        return "Known: " + ", ".join(exercise.key for exercise in self.exercises) + "."


def load_course(tree: Tree) -> Course:
    """Read and check every lesson's TOML."""
    files = sorted(tree.lesson_facts.glob("*.toml"))
    if not files:
        raise GraderError(f"No lesson was found in {tree.lesson_facts}.", "Is this a whole clone?")
    return Course(tree, tuple(_Reader(file).lesson() for file in files))


class _Reader:
    """Turns one TOML file into a Lesson; every complaint names file and key."""

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            self._facts = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise GraderError(f"{file}: {error}", "The lesson's facts can't be read.") from error

    def lesson(self) -> Lesson:
        """Return the whole file as a Lesson."""
        facts, where = self._facts, "the lesson"
        self._only(
            facts,
            where,
            {"title", "minutes", "section", "programs", "new_names", "compile_hints", "exercises"},
        )
        return Lesson(
            key=self._file.stem,
            title=self._get(facts, where, "title", str),
            minutes=self._get(facts, where, "minutes", int),
            section=self._get(facts, where, "section", str),
            programs=self._texts(facts, where, "programs"),
            new_names=self._texts(facts, where, "new_names"),
            exercises=tuple(self._exercise(e) for e in self._get(facts, where, "exercises", list)),
        )

    def _exercise(self, facts: Mapping[str, Any]) -> Exercise:
        where = f"exercise {facts.get('name', '?')}"
        self._only(
            facts,
            where,
            {"name", "title", "minutes", "skeleton_fails", "seconds", "checks", "wrong"},
        )
        checks = (self._compile_check(),) + tuple(
            self._check(where, check) for check in self._get(facts, where, "checks", list)
        )
        exercise = Exercise(
            key=f"{self._file.stem}/{self._get(facts, where, 'name', str)}",
            title=self._get(facts, where, "title", str),
            minutes=self._get(facts, where, "minutes", int),
            checks=checks,
            skeleton_fails=self._texts(facts, where, "skeleton_fails"),
            wrong=tuple(self._wrong(where, wrong) for wrong in facts.get("wrong", [])),
            seconds=float(facts.get("seconds", DEFAULT_SECONDS)),
        )
        self._ids_are_known(where, exercise)
        return exercise

    def _compile_check(self) -> Check:
        hints = self._facts.get("compile_hints", _COMPILE_HINTS)
        return Check(COMPILE, Kind.COMPILE, "It compiles", 0, tuple(hints))

    def _check(self, where: str, facts: Mapping[str, Any]) -> Check:
        where = f"{where}, check {facts.get('id', '?')}"
        self._only(facts, where, {"id", "kind", "title", "tests", "points", "requires", "hints"})
        kind = self._get(facts, where, "kind", str)
        if kind not in (Kind.UNIT, Kind.TIMING, Kind.MEMORY):
            raise self._bad(where, f"kind '{kind}' is not one of unit, timing, memory")
        return Check(
            id=self._get(facts, where, "id", str),
            kind=Kind(kind),
            title=self._get(facts, where, "title", str),
            points=self._get(facts, where, "points", int),
            hints=self._texts(facts, where, "hints"),
            requires=tuple(facts.get("requires", [COMPILE])),
            tests=() if kind == Kind.MEMORY else self._texts(facts, where, "tests"),
        )

    def _wrong(self, where: str, facts: Mapping[str, Any]) -> Wrong:
        where = f"{where}, wrong {facts.get('file', '?')}"
        self._only(facts, where, {"file", "misconception", "says", "fails", "not_reached", "score"})
        return Wrong(
            file=self._get(facts, where, "file", str),
            misconception=self._get(facts, where, "misconception", str),
            says=self._get(facts, where, "says", str),
            fails=self._texts(facts, where, "fails"),
            not_reached=tuple(facts.get("not_reached", [])),
            score=self._get(facts, where, "score", int),
        )

    def _ids_are_known(self, where: str, exercise: Exercise) -> None:
        ids = [check.id for check in exercise.checks]
        if len(set(ids)) != len(ids):
            raise self._bad(where, "two checks have the same id")
        for position, check in enumerate(exercise.checks):
            for required in check.requires:
                if required not in ids[:position]:
                    raise self._bad(where, f"{check.id} requires '{required}', which is no earlier check")
        named = [*exercise.skeleton_fails]
        for wrong in exercise.wrong:
            named += [*wrong.fails, *wrong.not_reached]
        for check_id in named:
            if check_id not in ids:
                raise self._bad(where, f"there is no check '{check_id}'")

    def _get(self, facts: Mapping[str, Any], where: str, key: str, kind: type) -> Any:
        if key not in facts:
            raise self._bad(where, f"'{key}' is missing")
        if not isinstance(facts[key], kind) or isinstance(facts[key], bool):
            raise self._bad(where, f"'{key}' has to be of type {kind.__name__}")
        return facts[key]

    def _texts(self, facts: Mapping[str, Any], where: str, key: str) -> tuple[str, ...]:
        texts = self._get(facts, where, key, list)
        if not all(isinstance(text, str) for text in texts):
            raise self._bad(where, f"'{key}' has to be a list of texts")
        return tuple(texts)

    def _only(self, facts: Mapping[str, Any], where: str, known: set[str]) -> None:
        unknown = sorted(set(facts) - known)
        if unknown:
            raise self._bad(where, f"unknown key '{unknown[0]}'")

    def _bad(self, where: str, complaint: str) -> GraderError:
        return GraderError(f"{self._file.name}, {where}: {complaint}.", "See docs/lesson-facts.md.")
