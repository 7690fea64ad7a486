"""Say what a test's record means: what the code did, and where.

The runner words crashes, exits and their kind itself. What is left to do here:
a failed check, a sanitizer's report, and what is our own fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.checks import Check
from grader.failures import Failure
from grader.model import Kind, Verdict
from grader.runner import Outcome, Record
from grader.sanitizer_words import Words, explain_report

_VERDICTS = {
    Outcome.TIMED_OUT: Verdict.TIMED_OUT,
    Outcome.BROKEN: Verdict.GRADER_ERROR,
}
_CODES = {
    Outcome.FAILED: Failure.WRONG_RESULT,
    Outcome.CRASHED: Failure.CRASH,
    Outcome.EXITED: Failure.EARLY_EXIT,
    Outcome.TIMED_OUT: Failure.ENDLESS,
    Outcome.LEFT_PROCESS: Failure.LEFT_PROCESS,
    Outcome.NOT_LOADED: Failure.NOT_WRITTEN,
    Outcome.FLOODED: Failure.FLOOD,
    Outcome.SANITIZER: Failure.BAD_MEMORY,
    Outcome.BROKEN: Failure.OUR_FAULT,
}
# What cfutures says when it stops a program, and which wrong use that is.
_LIBRARY = (
    (r"\bneeds .*, but the value is an error", Failure.UNSEEN_ERROR),
    (r"\bneeds .*, but the value is ", Failure.WRONG_KIND),
    (r"wait for its own end", Failure.WAITS_FOR_ITSELF),
    (r"\bis NULL\b", Failure.NULL_TO_CFUTURES),
    (r"\bclosed\b", Failure.CLOSED_POOL),
)
_ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")
_LEFT_OPEN = re.compile(r"pools? (?:is|are) still open at the end")
_TOO_MANY = re.compile(r"\bthere must never be more than\b")
_BUSY = re.compile(r'busy waiting|"done yet\?"')
# What a test on real threads says that is about no order in time.
_NOT_ONE_AFTER_ANOTHER = re.compile(r"\breturned while\b|\bpool of processes\b")


@dataclass(frozen=True)
class Finding:
    """A test that did not pass, as a check reports it."""

    verdict: Verdict
    message: str
    place: str
    output: str
    code: Failure
    is_placed: bool  # in the learner's file


def finding(record: Record, learner_file: str, check: Check, cause: Words | None = None) -> Finding:
    """Explain a record that is not `passed`; `cause` is what a second look found."""
    code = cause.code if cause else _code(record, learner_file, check)
    message, place = _message(record, learner_file)
    message = _ADDRESS.sub("0x...", message)  # another one in each run
    if cause:
        message, place = f"{message}\n{cause.message}", cause.place
    at = _of_test(record) or place
    where = f", {at}" if at and at not in message else ""
    output = record.output
    if record.outcome is Outcome.SANITIZER:
        output = "\n".join(part for part in (record.message, output) if part)
    return Finding(
        _VERDICTS.get(record.outcome, Verdict.FAILED),
        f"{message}\nIn the test {record.test}{where}.",
        place,
        output,
        code,
        place.startswith(f"{learner_file}:"),
    )


def _code(record: Record, learner_file: str, check: Check) -> Failure:
    """Return the kind of failure that a record shows."""
    if record.outcome is Outcome.SANITIZER and (words := explain_report(record.message, learner_file)):
        return words.code
    if record.outcome is Outcome.FAILED:
        return _code_of_failed(record, check)
    if record.outcome is Outcome.CRASHED:
        return next((code for words, code in _LIBRARY if re.search(words, record.message)), Failure.CRASH)
    return _CODES[record.outcome]


def _code_of_failed(record: Record, check: Check) -> Failure:
    if not record.failures:
        return Failure.DEADLOCK if record.message.startswith("Deadlock") else Failure.NOTHING_CHECKED
    if _LEFT_OPEN.search(record.failures[0].message):
        return Failure.OPEN_POOL
    if _TOO_MANY.search(record.failures[0].message):
        return Failure.TOO_MANY_AT_ONCE
    if check.kind is not Kind.TIMING or _NOT_ONE_AFTER_ANOTHER.search(record.failures[0].message):
        return Failure.WRONG_RESULT
    is_busy = _BUSY.search(record.failures[0].message)
    return Failure.BUSY_WAITING if is_busy else check.failure


def _message(record: Record, learner_file: str) -> tuple[str, str]:
    """Return the sentences and the place that they are about."""
    if record.outcome is Outcome.FAILED and record.failures:
        message = record.failures[0].message
        return message, _own(message, learner_file) or _of_test(record)
    if record.outcome is Outcome.SANITIZER:
        words = explain_report(record.message, learner_file)
        return (words.message, words.place) if words else (record.message.strip().partition("\n")[0], "")
    if record.outcome is Outcome.BROKEN:
        return f"The grader could not judge this: {record.message}.", ""
    message = record.message.strip() or f"The test did not pass: {record.outcome.value}."
    return message, _own(message, learner_file)


def _own(message: str, learner_file: str) -> str:
    """Return the first line of the learner's that a message names, or ''."""
    own = re.search(rf"(?<![\w/]){re.escape(learner_file)}:\d+", message)
    return own[0] if own else ""


def _of_test(record: Record) -> str:
    """Return the line of the test at which a check did not hold, or ''."""
    is_told = record.outcome is Outcome.FAILED and record.failures
    return f"{record.failures[0].file}:{record.failures[0].line}" if is_told else ""
