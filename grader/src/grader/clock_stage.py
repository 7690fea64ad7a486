"""Timing on the virtual clock: how long the code takes, exactly, and what it did.

The clock moves only when nobody can run, so the time is a matter of who waits
for whom, and the same on every machine. What is graded is an inequality
half-way between the ideal and the nearest wrong design.
"""

from __future__ import annotations

import re
from collections import Counter

from grader.checks import ClockTest
from grader.exploring.diary import diary, entries
from grader.exploring.gantt import picture, waits_in, works_in
from grader.exploring.outcome import Event, Outcome
from grader.exploring.story import Story
from grader.exploring.places import Places
from grader.failures import Failure, of_bug
from grader.model import Verdict
from grader.seen import Exploring, Seen

_SECOND = 1_000_000_000
_STARTS = re.compile(r"cf_(?:submit|execute|after|then|map)(?!_next|_close)")  # functions of cfutures


def read_clock(exploring: Exploring, clock: ClockTest, failure: Failure) -> Seen:
    """Run one test on the virtual clock, and judge its time; `failure`: what taking too long is called."""
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
        code = of_bug(outcome.bug.cause).value
        return Seen(Verdict.FAILED, message, str(told.place(outcome.bug.notes[0])) if outcome.bug.notes else "",
                    drawn, code=code)  # fmt: skip
    lines = [wait.line for wait in waits_in(outcome, places, own_file)]
    lines += [entry.line for entry in reversed(entries(outcome, places, own_file))]
    twice = _done_twice(outcome)
    message = f"{_figures(seconds, clock)}{twice}\nIn the test {clock.test}."
    is_usual = failure is Failure.ONE_AFTER_ANOTHER and not twice
    return Seen(
        Verdict.FAILED,
        message,
        exploring.shown(lines[0]) if lines else "",
        drawn,
        code=(Failure.DONE_TWICE if twice else failure).value,
        misconception=_which_kind(outcome, places, own_file) if is_usual else "",
    )


def _done_twice(outcome: Outcome) -> str:
    """Say what the caller itself has done several times, or ''."""
    done = Counter(bar.name for bar in works_in(outcome) if bar.thread == 0)
    return next((f" Your code did this {times} times: {name}." for name, times in done.items() if times > 1), "")


def _which_kind(outcome: Outcome, places: Places, own_file: str) -> str:
    """Tell the designs apart that do one thing after another, by what was seen of them."""
    if any(wait.thread != 0 and wait.what == "lock" for wait in waits_in(outcome, places, own_file)):
        return "over-locked"
    begun = {bar.start for bar in works_in(outcome) if bar.thread != 0 and bar.start > 0}
    if any(event.nanoseconds / _SECOND in begun and _asks_for_work(event, places) for event in outcome.events):
        return "sequential-in-disguise"  # a task was asked for when something else was over
    workers = {event.thread for event in outcome.events if event.what == "work"}
    if not workers or 0 in workers:
        return ""
    return "one-task-for-many" if _is_one_task(outcome, workers) else "too-few-workers"  # all was asked for at once


def _asks_for_work(event: Event, places: Places) -> bool:
    """Tell whether the caller hands out work at this step: by a thread, or by a call of cfutures."""
    functions = (places.at(pc).function for pc in event.calls)
    return event.thread == 0 and (
        event.what == "create" or any(_STARTS.match(name) for name in functions)
    )


def _is_one_task(outcome: Outcome, workers: set[int]) -> bool:
    """Tell whether all was done without going back to the pool's queue, which has a lock."""
    works = [at for at, event in enumerate(outcome.events) if event.what == "work"]
    between = outcome.events[works[0] : works[-1]]
    return len(workers) == 1 and not any(event.thread in workers and event.what == "lock" for event in between)


def _figures(seconds: float, clock: ClockTest) -> str:
    return (
        f"It took {seconds:.3f} s on the virtual clock; the best is {clock.ideal:.3f} s, "
        f"and less than {clock.limit:.3f} s passes."
    )
