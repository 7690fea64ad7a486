"""Nobody can go on: what is to blame, a lock or a wake-up?"""

from __future__ import annotations

from collections.abc import Callable

from grader.exploring.outcome import explore
from grader.exploring.program import Program

Build = Callable[..., Program]


def kind_of(program: Program) -> str:
    bug = explore(program.path, {"schedules": 1, "mode": "default"}).bug
    assert bug
    return bug.kind


def test_who_sleeps_with_a_lock_that_others_need_is_in_a_deadlock(build: Build) -> None:
    assert kind_of(build("sleeps_with_a_lock")) == "deadlock"


def test_a_signal_that_came_too_early_is_to_blame_before_a_lock(build: Build) -> None:
    assert kind_of(build("sleeps_with_a_lock", "-DEARLY")) == "lost_wakeup"
