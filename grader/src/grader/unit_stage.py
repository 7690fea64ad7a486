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

from grader.errors import GraderError
from grader.explored_record import record_of_check
from grader.runner import Outcome, Record
from grader.schedule_stage import failed_order
from grader.seen import Exploring, Seen

_TOO_LONG = "limit"  # thousands of steps: no failure in itself, and the order says no more
_RUNNER_KNOWS_MORE = ("crash", "nonzero_exit", _TOO_LONG)


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
        return record_of_check(exploring, test, outcome, outcome.end)
    if outcome.end.kind in _RUNNER_KNOWS_MORE:
        record = run()
        if record.outcome is not Outcome.PASSED or outcome.end.kind == _TOO_LONG:
            return record
    return failed_order(exploring, test, outcome, outcome.bug)
