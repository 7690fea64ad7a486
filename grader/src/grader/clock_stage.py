"""Timing on the virtual clock: how long the code takes, exactly, and what it did.

The clock moves only when nobody can run, so the time is a matter of who waits
for whom, and the same on every machine. What is graded is an inequality
half-way between the ideal and the nearest wrong design.
"""

from __future__ import annotations

from grader.checks import ClockTest
from grader.exploring.diary import diary
from grader.exploring.gantt import picture, waits_in
from grader.model import Verdict
from grader.seen import Exploring, Seen

_GOES_ON_AFTER = ("race", "thread_leak")  # findings that leave the time as it is
_SECOND = 1_000_000_000


def read_clock(exploring: Exploring, clock: ClockTest) -> Seen:
    """Run one test on the virtual clock, and judge its time."""
    outcome = exploring.explorer.clock(exploring.program, clock.test)
    places = exploring.places()
    drawn = (*picture(outcome, places, exploring.own_file), "", *diary(outcome, places, exploring.own_file))
    if outcome.bug and outcome.bug.kind not in _GOES_ON_AFTER:
        message = f"On the virtual clock the test did not come to its end: {outcome.bug.text}."
        message = f"{message}\nIn the test {clock.test}."
        return Seen(Verdict.FAILED, message, "", drawn, kind=outcome.bug.kind)
    seconds = outcome.elapsed / _SECOND
    if seconds < clock.limit:
        return Seen(Verdict.PASSED, _figures(seconds, clock))
    first = next(iter(waits_in(outcome, places, exploring.own_file)), None)
    message = f"{_figures(seconds, clock)}\nIn the test {clock.test}."
    return Seen(Verdict.FAILED, message, exploring.shown(first.line) if first else "", drawn)


def _figures(seconds: float, clock: ClockTest) -> str:
    return (
        f"It took {seconds:.3f} s on the virtual clock; the best is {clock.ideal:.3f} s, "
        f"and less than {clock.limit:.3f} s passes."
    )
