"""What the explorer's tests share: a builder of explored programs, and --full."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from collection import Lab

from grader.exploring.program import Program

PROGRAMS = Path(__file__).parent / "programs"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the long tier: many seeds, many replays."""
    parser.addoption("--full", action="store_true", help="30 seeds, 100 replays of each bug")


@pytest.fixture(scope="session")
def lab() -> Lab:
    """Return what builds and runs explored programs."""
    return Lab()


@pytest.fixture
def build(lab: Lab, tmp_path: Path) -> Callable[..., Program]:
    """Return a function that builds one of programs/ with some flags."""
    return lambda name, *flags: lab.build(PROGRAMS / f"{name}.c", tmp_path, *flags)
