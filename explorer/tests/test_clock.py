"""Virtual time is exact, in every schedule."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.exploring.outcome import explore
from grader.exploring.program import Program

Build = Callable[..., Program]


def elapsed_is_exact(program: Program, mode: str, schedules: int = 1000) -> None:
    outcome = explore(program.path, {"mode": mode, "schedules": schedules, "seconds": 60})
    assert outcome.bug is None, outcome.bug
    assert outcome.schedules >= schedules * 6 // 10


@pytest.mark.parametrize("mode", ["default", "spurious"])
@pytest.mark.parametrize(("workers", "expected"), [(5, 1_000_000_000), (1, 5_000_000_000)])
def test_five_sleeps_take_exactly_as_long_as_the_workers_allow(
    build: Build, workers: int, expected: int, mode: str
) -> None:
    elapsed_is_exact(build("five_sleeps", f"-DWORKERS={workers}", f"-DEXPECTED={expected}"), mode)


def test_a_wrong_expectation_is_refused_with_both_figures(build: Build) -> None:
    bug = explore(build("five_sleeps", "-DWORKERS=5", "-DEXPECTED=1000000001").path, {}).bug
    assert bug and bug.kind == "assertion"
    assert "1.000000000 s" in bug.text and "1.000000001 s" in bug.text


def test_reading_the_clock_costs_no_time(build: Build) -> None:
    elapsed_is_exact(build("clock_rounds"), "default", 60)


def test_time_passes_when_all_others_only_poll(build: Build) -> None:
    elapsed_is_exact(build("polls_while_another_sleeps"), "default")
