"""Signals are the program's own: delivered between steps, on the virtual clock, never to the process."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from collection import Lab

from grader.exploring.program import Program


@pytest.mark.parametrize("mode", ["default", "spurious"])
def test_signals_keep_what_posix_promises(lab: Lab, build: Callable[..., Program], mode: str) -> None:
    outcome = lab.explore(build("uses_signals", "-DWITH_CLOCK=1"), {"schedules": 500, "mode": mode})
    assert outcome.bug is None, outcome.bug
    assert outcome.is_exhaustive or outcome.schedules >= 500


def test_signals_keep_what_posix_promises_when_time_means_nothing(
    lab: Lab, build: Callable[..., Program]
) -> None:
    outcome = lab.explore(build("uses_signals"), {"schedules": 500, "mode": "hostile"})
    assert outcome.bug is None, outcome.bug


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("raises_what_nothing_handles", "crash", "killed by SIGTERM, which nothing handles"),
        ("queues_a_signal", "misuse", "sigqueue is used"),
        ("alarm_against_hanging", "deadlock", "a thread waits for itself"),
    ],
)
def test_what_a_signal_does_is_told(
    lab: Lab, build: Callable[..., Program], name: str, kind: str, words: str
) -> None:
    bug = lab.explore(build(name), {"schedules": 50}).bug
    assert bug and bug.kind == kind and words in bug.text
    assert bug.notes, "no place is told"


def test_fibers_and_real_threads_see_the_same_signals(lab: Lab, build: Callable[..., Program]) -> None:
    program = build("uses_signals")
    options = {"schedules": 30, "mode": "default", "bound": 0}
    digests = {lab.explore(program, {**options, "pthreads": n, "seconds": 100}).digest for n in (0, 1)}
    assert len(digests) == 1
