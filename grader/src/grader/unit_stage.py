"""Unit tests of an explored exercise: each once, in the default order.

On real threads a test of racy code passes or fails by luck. In the default
order each thread runs until it has to wait, so the same code takes the same
steps on every machine, and gets the same mark. Two accesses that nothing orders
are no failure here as long as what comes out is right: whether it is right in
other orders, too, the schedule stage says.

The runner with its real threads is asked for what it can tell better: code that
crashes, ends the program, has no end, or lacks a function.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from grader.errors import GraderError
from grader.exploring.outcome import Bug
from grader.exploring.outcome import Outcome as Explored
from grader.exploring.places import Place
from grader.exploring.story import Story
from grader.paths import HOME
from grader.runner import Failure, Outcome, Record
from grader.schedule_stage import failed_order
from grader.seen import Exploring, Seen

_TOO_LONG = "limit"  # thousands of steps: no failure in itself, and the order says no more
_RUNNER_KNOWS_MORE = ("crash", "nonzero_exit", _TOO_LONG)
_LIBRARY = HOME / "cfutures"


def judge_test(
    explore: Callable[[], Exploring], run: Callable[[], Record], test: str, seconds: float
) -> Record | Seen:
    """Return what becomes of a test in the default order; `run` runs it on real threads."""
    try:
        exploring = explore()
        outcome = exploring.explorer.first(exploring.program, test, seconds)
    except GraderError as error:
        record = run()
        if record.outcome is not Outcome.PASSED:
            return record
        return Record(test, Outcome.BROKEN, message=error.message.rstrip("."))
    if not outcome.bug or not outcome.end:
        return Record(test, Outcome.PASSED)
    if outcome.end.kind == "assertion":
        return _of_check(exploring, test, outcome, outcome.end)
    if outcome.end.kind in _RUNNER_KNOWS_MORE:
        record = run()
        if record.outcome is not Outcome.PASSED or outcome.end.kind == _TOO_LONG:
            return record
    return failed_order(exploring, test, outcome, outcome.bug)


def _of_check(exploring: Exploring, test: str, outcome: Explored, bug: Bug) -> Record:
    """Return a check that did not hold, or a wrong use of cfutures, as the runner would."""
    places = exploring.places()
    Story(outcome, places, exploring.own_file)  # learns the places
    stack = [places.at(pc) for note in bug.notes for pc in (note.pc, *note.calls)]
    if stack and Path(stack[0].file).is_relative_to(_LIBRARY):
        return Record(test, Outcome.CRASHED, message=bug.text, output=outcome.output)
    where = next((place for place in stack if place.is_of_program), Place("", "", 0))
    failure = Failure(where.file.removeprefix("./"), where.line, bug.text)
    return Record(test, Outcome.FAILED, (failure,), output=outcome.output, is_racy=bug is outcome.harm)
