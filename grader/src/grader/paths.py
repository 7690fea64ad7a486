"""Where everything lives: one place that knows the layout of the tree.

A key `NN_topic` names a lesson and `NN_topic/name` an exercise, in every tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Tree:
    """A course on disk. Tests give it the root of a tiny one of their own."""

    root: Path

    @property
    def lesson_facts(self) -> Path:
        """Return the folder of the lessons' TOML files."""
        return self.root / "grader" / "lessons"

    @property
    def support(self) -> Path:
        """Return the folder with the runner's sources and the compile flags."""
        return self.root / "exercises" / "support"

    @property
    def build(self) -> Path:
        """Return the folder for everything that can be made again."""
        return self.root / "build"

    @property
    def private(self) -> Path:
        """Return the folder for what the learner would miss: state, backups."""
        return self.root / ".workbook"

    def lesson_text(self, lesson_key: str) -> Path:
        """Return the text to read."""
        return self.lesson_folder(lesson_key) / "README.md"

    def lesson_folder(self, lesson_key: str) -> Path:
        """Return the folder with the lesson's text and programs."""
        return self.root / "lessons" / lesson_key

    def exercise(self, key: str) -> Path:
        """Return the file that the learner edits."""
        return self.root / "exercises" / f"{key}.c"

    def header(self, key: str) -> Path:
        """Return the exercise's contract."""
        return self.exercise(key).with_suffix(".h")

    def test(self, key: str) -> Path:
        """Return the exercise's CUnit tests."""
        path = self.exercise(key)
        return path.with_name(f"test_{path.name}")

    def solution(self, key: str) -> Path:
        """Return the reference solution."""
        return self.root / "solutions" / f"{key}.c"

    def wrong_folder(self, key: str) -> Path:
        """Return the folder with the wrong submissions that must be caught."""
        return self.root / "grader" / "wrong" / key
