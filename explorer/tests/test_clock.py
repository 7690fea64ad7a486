"""Virtual time is exact, in every schedule."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from collection import Lab

from grader.exploring.program import Program

Build = Callable[..., Program]


def elapsed_is_exact(lab: Lab, program: Program, mode: str, schedules: int = 1000) -> None:
    outcome = lab.explore(program, {"mode": mode, "schedules": schedules, "seconds": 60})
    assert outcome.bug is None, outcome.bug
    assert outcome.schedules >= schedules * 6 // 10


@pytest.mark.parametrize("mode", ["default", "spurious"])
@pytest.mark.parametrize(("workers", "expected"), [(5, 1_000_000_000), (1, 5_000_000_000)])
def test_five_sleeps_take_exactly_as_long_as_the_workers_allow(
    lab: Lab, build: Build, workers: int, expected: int, mode: str
) -> None:
    elapsed_is_exact(lab, build("five_sleeps", f"-DWORKERS={workers}", f"-DEXPECTED={expected}"), mode)


def test_a_wrong_expectation_is_refused_with_both_figures(lab: Lab, build: Build) -> None:
    bug = lab.explore(build("five_sleeps", "-DWORKERS=5", "-DEXPECTED=1000000001"), {}).bug
    assert bug and bug.kind == "assertion"
    assert "1.000000000 s" in bug.text and "1.000000001 s" in bug.text


def test_reading_the_clock_costs_no_time(lab: Lab, build: Build) -> None:
    elapsed_is_exact(lab, build("clock_rounds"), "default", 60)


def test_time_passes_when_all_others_only_poll(lab: Lab, build: Build) -> None:
    elapsed_is_exact(lab, build("polls_while_another_sleeps"), "default")
