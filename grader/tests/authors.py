"""An author for the tests: a sound course of their own, and `dev check` on it."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import COURSES
from grader.cli import main

STATIC = ("files", "sources", "facts", "names", "map", "links", "texts")
EXERCISE = "exercises/01_sound/twice.c"
SKELETON = "grader/skeletons/01_sound/twice.c"
TESTS = "exercises/01_sound/test_twice.c"
SOLUTION = "solutions/01_sound/twice.c"
FACTS = "grader/lessons/01_sound.toml"
WRONG = "grader/wrong/01_sound/twice"
TEXT = "lessons/01_sound/README.md"
PROGRAM = "lessons/01_sound/doubled.c"
MAP = "docs/source-map.toml"


@dataclass
class Author:
    """Somebody who spoils a sound course, and asks what is wrong with it."""

    root: Path
    capsys: pytest.CaptureFixture[str]

    def removes(self, name: str) -> None:
        """Remove a file."""
        (self.root / name).unlink()

    def writes(self, name: str, text: str) -> None:
        """Create or replace a file."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def replaces(self, name: str, old: str, new: str) -> None:
        """Replace a part of a file, which has to be there."""
        path = self.root / name
        text = path.read_text()
        assert old in text, f"{name} does not hold {old!r}"
        path.write_text(text.replace(old, new))

    def checks(self, *arguments: str) -> tuple[int, str, str]:
        """Call `dev check`; return its exit code and what it printed."""
        code = main(["--root", str(self.root), "dev", "check", *arguments])
        printed = self.capsys.readouterr()
        return code, printed.out, printed.err

    def finds(self, *aspects: str, more: tuple[str, ...] = ()) -> list[str]:
        """Return the findings of some aspects, as text."""
        chosen = [word for aspect in aspects for word in ("--aspect", aspect)]
        code, out, err = self.checks("--json", *chosen, *more)
        assert err == ""
        report = json.loads(out)
        assert (code == 0) is report["sound"] is (not report["findings"])
        return [f"{f['file']}: {f['problem']}: {f['remedy']}" for f in report["findings"]]


@pytest.fixture
def author(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Author:
    """Return an author with a sound course of their own."""
    root = tmp_path / "sound"
    shutil.copytree(COURSES / "sound", root)
    return Author(root, capsys)
