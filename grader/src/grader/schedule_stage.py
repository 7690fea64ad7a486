"""The schedule stage: an exercise's tests under many orders of their steps.

Which orders, is a matter of the budget and the seed in the exercise's facts, so
the same code gets the same verdict on every machine. A failure is kept, and
`./workbook replay` shows it again whatever becomes of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.checks import Check
from grader.explored_record import record_of_check
from grader.exploring import story
from grader.exploring.held import belief_behind
from grader.exploring.outcome import Bug, Event, Outcome
from grader.exploring.own_lines import is_own, own_steps
from grader.exploring.places import Places
from grader.exploring.timeline import table
from grader.exploring.traces import store
from grader.failures import Failure, of_bug
from grader.model import Verdict
from grader.own_line import function_of
from grader.parallel import in_order
from grader.runner import Record
from grader.seen import Exploring, Seen
from grader.terminal import Look

_LINES = 20  # of the interleaving; replay shows all
_COLUMNS = 74  # what is left of a usual terminal
MEMORY_KINDS = ("use_after_free", "double_free", "out_of_bounds", "leak")  # memory checks see them, too

# The rule that a kind of bug breaks.
_RULES = {
    "race": "What one thread writes and another one uses needs an order: the same mutex around both, a "
    "join, or a result that was waited for. Where each has a copy of its own, nothing needs one.",
    "deadlock": "Whoever holds a lock gives it back on every way out, and waits for nobody who needs it.",
    "lost_wakeup": "A wait stands in a loop that looks at its condition under the mutex; whoever changes "
    "the condition signals after that.",
    "unended_wait": "Whoever is to end a wait does so on every way out: sets what was promised, gives back "
    "what was taken.",
    "assertion": "What comes out must not depend on which thread is faster.",
    "nonzero_exit": "What comes out must not depend on which thread is faster.",
    "thread_leak": "Every thread that is started is joined, on every way out.",
    "misuse": "A lock is given back by the thread that took it, once, and before that thread ends.",
    "no_progress": "Waiting is asleep: in a join, in a result, or on a condition, not in a loop that asks.",
    "limit": "A test needs some hundred steps. A loop that asks again and again needs thousands.",
}
_MEMORY_RULE = "Memory lives until its last user has finished: wait for that before it is given back."


def explore_tests(exploring: Exploring, check: Check, *, leaks: bool) -> Seen | Record:
    """Run a check's tests in many orders, up to the first that shows a bug.

    A record: what comes out is wrong in the simplest order already.
    """
    explorer, program = exploring.explorer, exploring.program
    orders, proven, bound = 0, 0, 0
    for test, outcome in in_order(
        lambda test: explorer.search(program, test, check.budget, leaks=leaks), check.tests
    ):
        if outcome.bug and outcome.bug.kind == "assertion" and not outcome.trace.choices:
            return record_of_check(exploring, test, outcome, outcome.bug)
        if outcome.bug:
            return failed_order(exploring, test, outcome, outcome.bug)
        if outcome.stopped_by == "seconds":
            message = f"The grader could not try all orders of {test}: this machine is too slow, or too busy."
            return Seen(Verdict.GRADER_ERROR, message, code=Failure.OUR_FAULT.value)
        orders += outcome.schedules
        proven += outcome.is_exhaustive
        bound = outcome.bound
    return Seen(Verdict.PASSED, _what_was_tried(orders, proven, len(check.tests), bound))


def _what_was_tried(orders: int, proven: int, tests: int, bound: int) -> str:
    words = f"Nothing was found in {orders:,} orders of {_count(tests, 'test')}"
    if proven:
        of_them = "" if proven == tests else f" of {_count(proven, 'test')}"
        words += f"; all orders{of_them} with at most {bound} preemptions are among them"
    return f"{words}."


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 'es' if thing.endswith('h') else 's'}"


def failed_order(exploring: Exploring, test: str, outcome: Outcome, bug: Bug) -> Seen:
    """Keep an order that shows a bug, and tell it: on the learner's lines, with its rule and its replay."""
    program, own_file = exploring.program, exploring.own_file
    stored = store(
        exploring.explorer.tree,
        program.path,
        program.sources,
        outcome.trace,
        arguments=[test],
        own_file=own_file,
    )
    places = exploring.places()
    told = story.Story(outcome, places, own_file)
    look = Look(color=False, unicode=False, columns=_COLUMNS)
    return Seen(
        Verdict.FAILED,
        "\n".join(_words(exploring, told, outcome, bug, test, stored.id)),
        _place(exploring, told, bug),
        tuple(table(own_steps(_up_to_the_bug(outcome, bug), places, own_file), told, places, look, _LINES)),
        stored.id,
        bug.kind,
        misconception=_belief(places, outcome, bug, own_file),
        code=of_bug(bug.cause).value,
    )


def _belief(places: Places, outcome: Outcome, bug: Bug, own_file: str) -> str:
    """Return what the locks of a race suggest; "": what the check says.

    Where another thread has an address of a local variable, or where the access is not in the
    reader's file, because an address was handed on, a missing lock is seldom the mistake.
    """
    belief = belief_behind(bug, outcome.events[: bug.at])
    was_handed_on = any(
        places.is_local(note.object) or not is_own(places.at(note.pc), own_file) for note in bug.notes[:2]
    )
    return "" if belief == "no-lock" and was_handed_on else belief


def _up_to_the_bug(outcome: Outcome, bug: Bug) -> Sequence[Event]:
    """Leave out what came after the bug and its harm."""
    end = max(bug.at, outcome.harm.at if outcome.harm else 0)
    return outcome.events[: end + 1] if end else outcome.events


def _place(exploring: Exploring, told: story.Story, bug: Bug) -> str:
    """Return the line that the bug is about, the learner's if there is a choice."""
    places = [told.place(note) for note in bug.notes]
    own = [place for place in places if is_own(place, exploring.own_file)]
    if own:
        return exploring.shown(own[0].line)
    if named := re.search(rf"(?<![\w/]){re.escape(exploring.learner_file)}:\d+", bug.text):
        return named[0]
    if begins := _function(exploring, bug)[1]:
        return begins
    return next((str(place) for place in places if place.file), "")


def _function(exploring: Exploring, bug: Bug) -> tuple[str, str]:
    """Return the function that a failed check is about, and where it begins; or two empty texts."""
    if bug.kind != "assertion":
        return "", ""
    lines = exploring.places().text(exploring.own_file)
    return function_of(bug.text, lines, exploring.learner_file)


def _words(
    exploring: Exploring, told: story.Story, outcome: Outcome, bug: Bug, test: str, trace: str
) -> Iterator[str]:
    """Yield what happened, which rule it breaks, in which order, and how to see it again."""
    yield f"{told.sentence(bug)}."
    name, begins = _function(exploring, bug)
    if name and exploring.learner_file not in bug.text:
        yield f"Your {name} begins at {begins}."
    yield from (f"  {side}" for side in told.sides(bug) if bug.kind != "assertion")
    if told.harm():
        yield told.harm()
    yield f"Rule: {_RULES.get(bug.cause, _MEMORY_RULE)}"
    yield f"In the test {test}, in {_order(outcome)}."
    if outcome.trace.mode in story.MODES:
        yield story.MODES[outcome.trace.mode]
    if outcome.replays:
        yield f"See it step by step: ./workbook replay {trace}"
    else:
        yield "It did not show again when replayed: the code depends on something outside of it."


def _order(outcome: Outcome) -> str:
    count = len(outcome.trace.choices)
    if not count:
        return "the simplest order: each thread runs until it has to wait"
    return f"an order with {_count(count, 'switch')} at an awkward moment"
