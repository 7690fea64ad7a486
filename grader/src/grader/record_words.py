"""Say what a test's record means: what the code did, and where.

The runner words crashes, exits and their kind itself. What is left to do here:
a failed check, a sanitizer's report, and what is our own fault.
"""

from __future__ import annotations

from dataclasses import dataclass

from grader.model import Verdict
from grader.runner import Outcome, Record
from grader.sanitizer_words import Words, explain_report

_VERDICTS = {
    Outcome.TIMED_OUT: Verdict.TIMED_OUT,
    Outcome.BROKEN: Verdict.GRADER_ERROR,
}


@dataclass(frozen=True)
class Finding:
    """A test that did not pass, as a check reports it."""

    verdict: Verdict
    message: str
    place: str
    output: str


def finding(record: Record, learner_file: str, cause: Words | None = None) -> Finding:
    """Explain a record that is not `passed`; `cause` is what a second look found."""
    message, place = _message(record, learner_file)
    if cause:
        message, place = f"{message}\n{cause.message}", cause.place
    where = f", {place}" if place and place not in message else ""
    output = record.output
    if record.outcome is Outcome.SANITIZER:
        output = "\n".join(part for part in (record.message, output) if part)
    return Finding(
        _VERDICTS.get(record.outcome, Verdict.FAILED),
        f"{message}\nIn the test {record.test}{where}.",
        place,
        output,
    )


def _message(record: Record, learner_file: str) -> tuple[str, str]:
    """Return the sentences and the place that they are about."""
    if record.outcome is Outcome.FAILED and record.failures:
        first = record.failures[0]
        return first.message, f"{first.file}:{first.line}"
    if record.outcome is Outcome.SANITIZER:
        words = explain_report(record.message, learner_file)
        return (words.message, words.place) if words else (record.message.strip().partition("\n")[0], "")
    if record.outcome is Outcome.BROKEN:
        return f"The grader could not judge this: {record.message}.", ""
    return record.message.strip() or f"The test did not pass: {record.outcome.value}.", ""
