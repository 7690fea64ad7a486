"""Where everything lives: one place that knows the layout of the tree.

A key `NN_topic` names a lesson and `NN_topic/name` an exercise, in every tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parents[3]  # the tree that this package is part of


@dataclass(frozen=True)
class Tree:
    """A course on disk.

    Tests give it the root of a tiny one of their own. The library and the
    runner are the workbook's own all the same: they live under `home`.
    """

    root: Path
    home: Path = HOME

    @property
    def lesson_facts(self) -> Path:
        """Return the folder of the lessons' TOML files."""
        return self.root / "grader" / "lessons"

    @property
    def support(self) -> Path:
        """Return the folder with the runner's sources and the compile flags."""
        return self.home / "exercises" / "support"

    @property
    def library(self) -> Path:
        """Return the folder of cfutures."""
        return self.home / "cfutures"

    @property
    def packages(self) -> Path:
        """Return the list of what is needed from the system."""
        return self.home / "packages.txt"

    @property
    def runners(self) -> Path:
        """Return the folder in which the two flavours of the runner are built."""
        return self.home / "build" / "grader" / "runner"

    @property
    def cache(self) -> Path:
        """Return the folder of what the grader has compiled."""
        return self.build / "grader" / "cache"

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

    def skeleton(self, key: str) -> Path:
        """Return the copy of the exercise as it was handed out."""
        return self.root / "grader" / "skeletons" / f"{key}.c"

    @property
    def has_solutions(self) -> bool:
        """Whether this copy has reference solutions; a release for students has none."""
        return (self.root / "solutions").is_dir()

    @property
    def release(self) -> Path:
        """Return the file that says which release this is; the full repository has none."""
        return self.home / "RELEASE"

    @property
    def is_release(self) -> bool:
        """Whether what only authors need is left out of this copy."""
        return self.release.is_file()

    def solution(self, key: str) -> Path:
        """Return the reference solution."""
        return self.root / "solutions" / f"{key}.c"

    def wrong_folder(self, key: str) -> Path:
        """Return the folder with the wrong submissions that must be caught."""
        return self.root / "grader" / "wrong" / key

    def shown(self, path: Path) -> str:
        """Return how messages name a file: relative to the root where it is inside."""
        for base in (self.root, self.home):
            if path != base and path.is_relative_to(base):
                return path.relative_to(base).as_posix()
        return path.name
