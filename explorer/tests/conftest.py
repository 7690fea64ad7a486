"""What the explorer's tests share: a builder of explored programs, and options.

    --full           30 seeds, 100 replays of each bug
    --threads        search on real threads, as where fibers do not work
    --cross aarch64  for another machine, through an emulator
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from collection import Lab
from cross import TARGETS, missing

from grader.exploring.library import HERE
from grader.exploring.program import Program

PROGRAMS = Path(__file__).parent / "programs"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    parser.addoption("--full", action="store_true", help="30 seeds, 100 replays of each bug")
    parser.addoption("--threads", action="store_true", help="search on real threads instead of fibers")
    parser.addoption("--cross", choices=sorted(TARGETS), help="for this machine, through an emulator")


@pytest.fixture(scope="session")
def lab(request: pytest.FixtureRequest) -> Lab:
    """Return what builds and explores programs."""
    name = request.config.getoption("cross")
    target = TARGETS[name] if name else HERE
    absent = missing(target) if name else []
    if absent:
        pytest.skip(f"for {name} this is not here: {', '.join(absent)} (packages.txt, group cross)")
    return Lab(target, on_threads=request.config.getoption("threads"))


@pytest.fixture
def build(lab: Lab, tmp_path: Path) -> Callable[..., Program]:
    """Return a function that builds one of programs/ with some flags."""
    return lambda name, *flags: lab.build(PROGRAMS / f"{name}.c", tmp_path, *flags)
