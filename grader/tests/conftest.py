"""What the tests share: tiny courses, and a way to call the command line."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

COURSES = Path(__file__).parent / "courses"
SOURCES = Path(__file__).parents[1] / "src"

# Whoever runs the tests in the background of a shell without job control has told
# them to ignore Ctrl-C. The programs that they start would inherit that, and the
# tests that send it to them would wait for ever.
signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass(frozen=True)
class Called:
    """What a call of the command line did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """Return standard output as the JSON that it has to be."""
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def exercise(self) -> dict[str, Any]:
        """Return the first exercise of the report."""
        found: dict[str, Any] = self.json["exercises"][0]
        return found

    def check(self, check_id: str) -> dict[str, Any]:
        """Return one check of the first exercise."""
        return next(check for check in self.exercise["checks"] if check["id"] == check_id)


Workbook = Callable[..., Called]


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a tiny course that tests may read, but not change."""
    root = tmp_path_factory.mktemp("courses") / "tiny"
    shutil.copytree(COURSES / "tiny", root)
    return root


@pytest.fixture
def own_tiny(tmp_path: Path) -> Path:
    """Return a tiny course that the test may change."""
    root = tmp_path / "own tiny"  # a blank in the path, on purpose
    shutil.copytree(COURSES / "tiny", root)
    return root


def call(root: Path, *arguments: str, **environment: str) -> Called:
    """Start the command line on a course, as the launcher does."""
    done = subprocess.run(
        [sys.executable, "-m", "grader", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SOURCES), "WORKBOOK_ROOT": str(root), **environment},
        timeout=300,
    )
    return Called(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def workbook(tiny: Path) -> Workbook:
    """Return a function that calls the command line on the tiny course."""
    return lambda *arguments, **environment: call(tiny, *arguments, **environment)


@pytest.fixture
def grade(tiny: Path) -> Workbook:
    """Return a function that grades one of the tiny course's hostile files, as JSON."""

    def graded(name: str, exercise: str = "twice") -> Called:
        file = tiny / "hostile" / name
        return call(tiny, "check", "--json", "--file", f"01_tiny/{exercise}={file}")

    return graded
