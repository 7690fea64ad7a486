"""Who starts and joins threads, at the same moments as others do, has the right ones."""

from __future__ import annotations

from collections.abc import Callable

from grader.exploring.outcome import explore
from grader.exploring.program import Program


def test_threads_that_start_threads_join_their_own(build: Callable[..., Program]) -> None:
    outcome = explore(build("threads_start_threads").path, {"schedules": 2000, "mode": "default"})
    assert outcome.bug is None, outcome.bug
