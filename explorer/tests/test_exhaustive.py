"""What is not followed twice was followed once: equal counts, equal results, in fewer schedules."""

from __future__ import annotations

from pathlib import Path

import pytest
from collection import BUGS, Lab
from conftest import PROGRAMS

from grader.exploring.outcome import Outcome
from grader.exploring.program import Program

SOME = ("counter_without_lock_mended", "semaphore_lets_two_in_mended", "queue_close_wakes_nobody_mended",
        "trylock_result_ignored_mended", "write_under_read_lock_mended", "barrier_without_rounds_mended",
        "once_control_not_shared_mended", "stack_with_aba_mended", "sleep_instead_of_waiting_mended",
        "read_without_acquire_mended", "pipe_end_left_open_mended", "join_in_a_circle_mended")  # fmt: skip

CALLS = ("malloc", "rand", "once", "trylock", "tryrdlock", "sem_trywait", "sem_getvalue", "atomic")


def exhaust(lab: Lab, program: Program, *arguments: str, **options: object) -> Outcome:
    told = {"mode": "default", "exhaust_only": 1, "schedules": 100_000, "seconds": 100, **options}
    return lab.explore(program, told, *arguments)


def both_ways(lab: Lab, program: Program) -> tuple[Outcome, Outcome]:
    return exhaust(lab, program, follow_all=1), exhaust(lab, program)


@pytest.mark.parametrize("name", SOME)
def test_it_covers_as_many_interleavings_as_there_are(lab: Lab, tmp_path: Path, name: str) -> None:
    all_of_them, covering = both_ways(lab, lab.build(BUGS / f"{name}.c", tmp_path))
    assert all_of_them.is_exhaustive and covering.is_exhaustive
    assert covering.interleavings == all_of_them.interleavings == all_of_them.schedules
    assert covering.schedules <= all_of_them.schedules


@pytest.mark.parametrize("name", ["bench/small.c", "tests/cfutures/submit_and_result.c"])
def test_it_is_worth_it(lab: Lab, tmp_path: Path, name: str) -> None:
    all_of_them, covering = both_ways(lab, lab.build(BUGS.parent.parent / name, tmp_path))
    assert covering.interleavings == all_of_them.interleavings
    assert covering.schedules * 3 < all_of_them.schedules


@pytest.fixture(scope="module")
def order_decides(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return lab.build(PROGRAMS / "order_decides.c", tmp_path_factory.mktemp("order"))


@pytest.mark.parametrize("call", CALLS)
def test_every_result_that_an_order_can_have_is_seen(lab: Lab, order_decides: Program, call: str) -> None:
    def results(follow_all: int) -> set[int]:
        return {n for n in range(16) if exhaust(lab, order_decides, call, str(n), follow_all=follow_all).bug}

    assert results(0) == results(1)
    assert len(results(0)) > 1, "the order decides nothing"
