"""A schedule after many others in one process is what it is in a fresh one, bit for bit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from collection import BUGS, Lab

from grader.exploring.outcome import Outcome
from grader.exploring.program import Program

SOME = ("locks_without_order", "if_where_while_is_due", "stack_with_aba", "counter_without_lock_mended",
        "key_without_destructor", "time_limit_taken_for_success", "pool_takes_from_empty_queue")  # fmt: skip


def digest(lab: Lab, program: Program, **options: object) -> str:
    """Return a digest of all schedules: choices, steps, times, and what was found."""
    outcome = search(lab, program, **options)
    return f"{outcome.schedules} {outcome.digest}"


def search(lab: Lab, program: Program, **options: object) -> Outcome:
    # A real time limit would end two searches at different schedules.
    return lab.explore(program, {"schedules": 200, "seconds": 100, "keep_going": 1, "bound": 1, **options})


@pytest.mark.parametrize("mode", ["default", "spurious", "hostile"])
def test_reset_and_fresh_process_are_equal_after_deadlocks_and_worse(
    lab: Lab, build: Callable[..., Program], mode: str
) -> None:
    program = build("leaves_much_behind")
    assert digest(lab, program, mode=mode) == digest(lab, program, mode=mode, fresh=1)
    outcome = search(lab, program, mode=mode)
    assert outcome.bug
    assert {outcome.bug.kind, *outcome.also} >= {"deadlock", "nonzero_exit"}, "it did not fail in two ways"


@pytest.mark.parametrize("name", SOME)
def test_reset_and_fresh_process_are_equal(lab: Lab, tmp_path: Path, name: str) -> None:
    program = lab.build(BUGS / f"{name}.c", tmp_path)
    assert digest(lab, program) == digest(lab, program, fresh=1)


def test_much_static_data_is_brought_back(lab: Lab, build: Callable[..., Program]) -> None:
    outcome = search(lab, build("big_tables"))
    assert outcome.bug is None, outcome.bug
    assert outcome.schedules > 100


def test_counts_of_fairness_start_anew(lab: Lab, build: Callable[..., Program]) -> None:
    program = build("long_turn")
    assert digest(lab, program, mode="spurious") == digest(lab, program, mode="spurious", fresh=1)


def test_fibers_and_real_threads_are_equal(lab: Lab, build: Callable[..., Program]) -> None:
    program = build("leaves_much_behind")
    options = {"mode": "spurious", "schedules": 60}
    assert digest(lab, program, **options) == digest(lab, program, pthreads=1, **options)


def test_the_seed_decides(lab: Lab, build: Callable[..., Program]) -> None:
    program = build("leaves_much_behind")
    assert digest(lab, program, seed=1) == digest(lab, program, seed=1)
    assert digest(lab, program, seed=1) != digest(lab, program, seed=2)
