"""Timing on the virtual clock: how long the code takes, exactly, and what it did.

The clock moves only when nobody can run, so the time is a matter of who waits
for whom, and the same on every machine. What is graded is an inequality
half-way between the ideal and the nearest wrong design.
"""

from __future__ import annotations

import re

from grader.checks import ClockTest
from grader.exploring.diary import diary, entries
from grader.exploring.gantt import picture, waits_in, works_in
from grader.exploring.outcome import Outcome
from grader.exploring.story import Story
from grader.exploring.places import Places
from grader.failures import Failure, of_bug
from grader.model import Verdict
from grader.seen import Exploring, Seen

_SECOND = 1_000_000_000
_STARTS = re.compile(r"\b(?:cf_(?:submit|execute|after|then|map)|pthread_create|thrd_create)")


def read_clock(exploring: Exploring, clock: ClockTest) -> Seen:
    """Run one test on the virtual clock, and judge its time."""
    outcome = exploring.explorer.clock(exploring.program, clock.test)
    seconds = outcome.elapsed / _SECOND
    has_ended = outcome.bug is None or outcome.bug.is_survived
    if has_ended and seconds < clock.limit:
        return Seen(Verdict.PASSED, _figures(seconds, clock))
    places, own_file = exploring.places(), exploring.own_file
    drawn = (*picture(outcome, places, own_file), "", *diary(outcome, places, own_file))
    if outcome.bug and not has_ended:
        told = Story(outcome, places, own_file)
        message = "\n".join([
            f"On the virtual clock the test did not come to its end: {told.sentence(outcome.bug)}.",
            *(f"  {side}" for side in told.sides(outcome.bug)),
            f"In the test {clock.test}.",
        ])  # fmt: skip
        code = of_bug(outcome.bug.kind).value
        return Seen(Verdict.FAILED, message, str(told.place(outcome.bug.notes[0])) if outcome.bug.notes else "",
                    drawn, code=code)  # fmt: skip
    first = next(iter(waits_in(outcome, places, own_file)), None)
    message = f"{_figures(seconds, clock)}\nIn the test {clock.test}."
    return Seen(
        Verdict.FAILED,
        message,
        exploring.shown(first.line) if first else "",
        drawn,
        code=Failure.ONE_AFTER_ANOTHER.value,
        misconception=_which_kind(outcome, places, own_file),
    )


def _which_kind(outcome: Outcome, places: Places, own_file: str) -> str:
    """Tell the designs apart that do one thing after another, by what was seen of them."""
    if any(wait.thread != 0 and wait.what == "lock" for wait in waits_in(outcome, places, own_file)):
        return "over-locked"
    begun = {bar.start for bar in works_in(outcome) if bar.thread != 0 and bar.start > 0}
    lines = places.text(own_file)
    came_to = [entry for entry in entries(outcome, places, own_file) if entry.start in begun]
    if any(_STARTS.search(line) for entry in came_to for line in lines[entry.line - 1 : entry.line]):
        return "sequential-in-disguise"  # a task was begun when something else was over
    workers = {event.thread for event in outcome.events if event.what == "work"}
    return "too-few-workers" if workers and 0 not in workers else ""  # all was asked for at once


def _figures(seconds: float, clock: ClockTest) -> str:
    return (
        f"It took {seconds:.3f} s on the virtual clock; the best is {clock.ideal:.3f} s, "
        f"and less than {clock.limit:.3f} s passes."
    )
