"""Whatever a program does, it ends with a clear verdict."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from collection import Lab

from grader.exploring.program import Program

ENDS = {
    "spins_for_ever": ("no_progress", "computes on and on"),
    "floods_the_output": ("no_progress", "nothing changed any more"),
    "eats_memory": ("limit", "allocates more than"),
    "pauses": ("limit", "waits for something outside"),
    "recurses_for_ever": ("crash", "uses up its stack"),
    "cancels": ("misuse", "pthread_cancel"),
    "kills_itself": ("crash", "was killed"),
}


@pytest.mark.parametrize("name", sorted(ENDS))
def test_a_hostile_program_gets_a_clear_verdict(lab: Lab, build: Callable[..., Program], name: str) -> None:
    bug = lab.explore(build(name), {"seconds": 5}).bug
    kind, words = ENDS[name]
    assert bug and bug.kind == kind and words in bug.text


@pytest.mark.parametrize("name", ["forks", "starts_threads_for_ever", "worker_ends_the_program"])
def test_an_unusual_program_is_not_flagged(lab: Lab, build: Callable[..., Program], name: str) -> None:
    outcome = lab.explore(build(name), {"schedules": 50, "mode": "spurious"})
    assert outcome.bug is None, outcome.bug
