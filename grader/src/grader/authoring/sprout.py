"""What `dev new` creates: the files of a lesson or an exercise, from templates.

Nothing that exists is ever changed, but for the lesson's facts, to which a new
exercise is added at the end. Everything compiles and is graded from the first
minute; what an author has yet to write says TODO, and `dev check` finds it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from grader.authoring.c_text import read_text
from grader.authoring.source_map import section_planned_for
from grader.errors import GraderError, UsageError
from grader.files import write_atomically
from grader.paths import Tree

_TEMPLATES = Path(__file__).parent / "templates"
_LESSON = re.compile(r"([0-9]{2}|review)_[a-z0-9_]+")
_EXERCISE = re.compile(r"(?!test_)[a-z][a-z0-9_]*")
_NO_EXERCISE_YET = re.compile(r"^exercises = \[\].*\n", re.MULTILINE)
_PLACEHOLDERS = ("first_misconception.c", "second_misconception.c", "third_misconception.c")


@dataclass(frozen=True)
class Sprouted:
    """What became of the files."""

    created: tuple[Path, ...]
    extended: tuple[Path, ...]
    kept: tuple[Path, ...]


def sprout(tree: Tree, key: str) -> Sprouted:
    """Create what is missing of a lesson `NN_topic` or an exercise `NN_topic/name`."""
    lesson, slash, name = key.partition("/")
    if not _LESSON.fullmatch(lesson):
        raise UsageError(f"'{lesson}' is no key of a lesson.", "Write it like 05_web_scraper or review_1.")
    if slash and not _EXERCISE.fullmatch(name):
        raise UsageError(
            f"'{name}' is no name of an exercise.",
            "Write it like fetch_all: small letters, digits, _; not test_...",
        )
    words = {
        "lesson": lesson,
        "section": section_planned_for(tree, lesson) or "TODO",
        "key": key,
        "name": name,
        "guard": f"{name.upper()}_H",
    }
    wanted = {tree.lesson_facts / f"{lesson}.toml": "lesson.toml", tree.lesson_text(lesson): "lesson.md"}
    is_new = bool(name) and not _has_exercise(tree, lesson, name)
    if name:
        wanted |= _exercise_files(tree, key, is_new)
    sprouted = _write(wanted, words)
    if not is_new:
        return sprouted
    facts = tree.lesson_facts / f"{lesson}.toml"
    _extend(facts, _filled("exercise.toml", words))
    extended = () if facts in sprouted.created else (facts,)
    return Sprouted(sprouted.created, extended, tuple(path for path in sprouted.kept if path not in extended))


def _exercise_files(tree: Tree, key: str, is_new: bool) -> dict[Path, str]:
    files = {
        tree.exercise(key): "exercise.c",
        tree.skeleton(key): "exercise.c",
        tree.header(key): "exercise.h",
        tree.test(key): "test.c",
        tree.solution(key): "solution.c",
    }
    if is_new:
        files |= {tree.wrong_folder(key) / name: "wrong.c" for name in _PLACEHOLDERS}
    return files


def _has_exercise(tree: Tree, lesson: str, name: str) -> bool:
    facts = tomllib.loads(read_text(tree.lesson_facts / f"{lesson}.toml"))
    return any(exercise.get("name") == name for exercise in facts.get("exercises", []))


def _write(wanted: Mapping[Path, str], words: Mapping[str, str]) -> Sprouted:
    created: list[Path] = []
    kept: list[Path] = []
    for path, template in wanted.items():
        (created if _create(path, _filled(template, words)) else kept).append(path)
    return Sprouted(tuple(created), (), tuple(kept))


def _create(path: Path, text: str) -> bool:
    """Write a new file; return False if it is there already."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            return False
        with open(path, "x", encoding="utf-8") as file:
            file.write(text)
        return True
    except OSError as error:
        raise GraderError(f"{path} can't be written: {error.strerror}.") from error


def _filled(template: str, words: Mapping[str, str]) -> str:
    return Template((_TEMPLATES / f"{template}.in").read_text(encoding="utf-8")).substitute(words)


def _extend(facts: Path, exercise: str) -> None:
    """Add an exercise to a lesson's facts, which somebody may be reading."""
    begun = _NO_EXERCISE_YET.sub("", facts.read_text(encoding="utf-8"))
    write_atomically(facts, (begun + exercise).encode())
