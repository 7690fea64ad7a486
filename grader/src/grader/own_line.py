"""Find the learner's own line that a failed check is about.

A test knows which call it did not like, and its message names that line (wb_at
in wb_test.h). Where it can't, there is second best: the lines that call what
the message speaks of, all that it may be; else where the function begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from grader.failures import Failure
from grader.record_words import Finding
from grader.source import Source

_ANY_POOL = r"cf_\w+_pool\b"
_SUBMITS = r"cf_(?:submit|map)\w*"
_CALLS_OF = {
    Failure.CLOSED_POOL: r"cf_close\b",
    Failure.OPEN_POOL: rf"{_ANY_POOL}(?!.*\)\s*\{{)",  # not those of a cf_with
    Failure.NULL_POINTER: r"\w+(?:\.|->)\w+\s*\(",  # a function that is a member
    Failure.EARLY_EXIT: r"(?:_exit|_Exit|exit|quick_exit|pthread_exit|thrd_exit)\s*\(",
    Failure.BUSY_WAITING: r"(?:cf_done|cf_running|cf_result_within|sched_yield|\w*sleep)\s*\(",
}
_CALLS_BEHIND = (
    (r"\bopened \d+ pools|\bthere must never be more than", _ANY_POOL),
    (r"\bpool (?:of \w+ )?(?:ran|weighed) |\bhanded the pool \d+ tasks", _SUBMITS),
)
_ABOUT_A_FUNCTION = (Failure.WRONG_RESULT, Failure.ONE_AFTER_ANOTHER, Failure.BUSY_WAITING)
# A function that others may call, from the start of a line to its brace.
_DEFINITION = re.compile(
    r"^(?!static\b|typedef\b)[A-Za-z_][\w\s*]*?\b(\w+)\s*\([^;{}]*\)\s*\{", re.MULTILINE
)


def on_own_line(found: Finding, source: Source) -> Finding:
    """Return the finding with a line of the learner's, if one can be told."""
    if found.is_placed:
        return found
    calls = source.calls_of(_calls(found))
    if calls and found.code is Failure.CLOSED_POOL:
        calls = _in_a_block(calls, source) or calls
    if calls:
        return replace(found, message=f"{found.message}\nLook here:\n{calls}", place=_first_place(calls))
    if found.code not in _ABOUT_A_FUNCTION:
        return found
    name, place = function_of(found.message, source.lines, source.shown)
    return replace(found, message=f"{found.message} Your {name} begins at {place}.", place=place) if name else found


def _calls(found: Finding) -> str:
    """Return a pattern for the calls that the finding may be about; one that never fits if there are none."""
    behind = [calls for words, calls in _CALLS_BEHIND if re.search(words, found.message)]
    return _CALLS_OF.get(found.code) or (behind or [r"(?!)"])[0]


def _in_a_block(calls: str, source: Source) -> str:
    """Leave those calls that stand in the block of a cf_with, which closes its pool itself."""
    inside: set[int] = set()
    is_inside = False
    for number, line in enumerate(source.lines, start=1):
        is_inside = not line.startswith("}") and (is_inside or re.search(r"\bcf_with\b", line) is not None)
        inside |= {number} if is_inside else set()
    return "\n".join(call for call in calls.splitlines() if int(call.split(":", 2)[1]) in inside)


def _first_place(calls: str) -> str:
    return ":".join(calls.split(":", 2)[:2])


def function_of(message: str, lines: Sequence[str], shown: str) -> tuple[str, str]:
    """Return the learner's function that a message speaks of, and where it begins; or two empty texts."""
    text = "\n".join(lines)
    begins = {
        match[1]: f"{shown}:{text.count(chr(10), 0, match.start(1)) + 1}" for match in _DEFINITION.finditer(text)
    }
    named = [name for name in begins if re.search(rf"\b{name}\b", message)] or list(begins)
    return (named[0], begins[named[0]]) if len(named) == 1 else ("", "")
