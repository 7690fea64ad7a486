"""Memory of an explored exercise: what is misused whatever the order is.

The sanitizers watch real threads, so what they see of memory that only some
orders misuse would be luck. Two things count here, and both are the same on
every machine: what the explorer sees in the default order, and what the
sanitizers see of a test in whose orders the explorer finds nothing that depends
on them. Everything else the schedule check judges, in many orders.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.checks import DEFAULT_SCHEDULES, DEFAULT_SEED
from grader.errors import GraderError
from grader.exploring.outcome import Budget
from grader.parallel import in_order
from grader.runner import Outcome, Record
from grader.sanitizer_words import explain_report
from grader.schedule_stage import MEMORY_KINDS, failed_order
from grader.seen import Exploring, Seen

_BUDGET = Budget(DEFAULT_SCHEDULES, DEFAULT_SEED)
_IN_SOME_ORDERS = ("race", *MEMORY_KINDS)


def misused_memory(
    exploring: Exploring, run: Callable[[str], Record], tests: Sequence[str]
) -> Record | Seen | None:
    """Return the first misuse; `run` runs a test under the sanitizers, whose words are the better ones."""
    for test, (seen, record) in in_order(lambda test: (_in_default_order(exploring, test), run(test)), tests):
        if seen:
            return record if _says_the_same(record, seen, exploring.learner_file) else seen
        if record.outcome is Outcome.BROKEN:
            return record
        if record.outcome is Outcome.SANITIZER and not _depends_on_the_order(exploring, test):
            return record
    return None


def _in_default_order(exploring: Exploring, test: str) -> Seen | None:
    outcome = exploring.explorer.memory(exploring.program, test)
    end = outcome.end
    return failed_order(exploring, test, outcome, end) if end and end.kind in MEMORY_KINDS else None


def _says_the_same(record: Record, seen: Seen, learner_file: str) -> bool:
    words = explain_report(record.message, learner_file) if record.outcome is Outcome.SANITIZER else None
    return words is not None and words.code == seen.code


def _depends_on_the_order(exploring: Exploring, test: str) -> bool:
    outcome = exploring.explorer.search(exploring.program, test, _BUDGET, leaks=True)
    if outcome.stopped_by == "seconds" and not outcome.bug:
        raise GraderError(f"not all orders of {test} could be tried: this machine is too slow, or too busy")
    return outcome.bug is not None and outcome.bug.kind in _IN_SOME_ORDERS
