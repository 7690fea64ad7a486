"""Say what a test's record means: what the code did, and where."""

from __future__ import annotations

import re
import signal
from dataclasses import dataclass

from grader.model import Verdict
from grader.runner import Outcome, Record
from grader.sanitizer_words import explain_report

_SIGNALS = {
    signal.SIGSEGV: "segmentation fault: an invalid pointer, or an index far out of bounds",
    signal.SIGBUS: "bus error: an invalid pointer",
    signal.SIGABRT: "abort: the program, or a library that it uses, stopped itself",
    signal.SIGFPE: "arithmetic error: often a division by zero",
    signal.SIGILL: "illegal instruction",
    signal.SIGKILL: "killed from outside: often too much memory",
    signal.SIGTRAP: "trap",
}


@dataclass(frozen=True)
class Finding:
    """A test that did not pass, as a check reports it."""

    verdict: Verdict
    message: str
    place: str
    output: str


def finding(record: Record, seconds: float, learner_file: str) -> Finding:
    """Explain a record that is not `passed`; `seconds` was the test's limit."""
    message, place = _message(record, seconds, learner_file)
    where = f"In the test {record.test}" + (f", {place}." if place and place not in message else ".")
    output = record.output
    if record.outcome is Outcome.SANITIZER:
        output = "\n".join(part for part in (record.message, output) if part)
    return Finding(_VERDICTS.get(record.outcome, Verdict.FAILED), f"{message}\n{where}", place, output)


_VERDICTS = {
    Outcome.TIMED_OUT: Verdict.TIMED_OUT,
    Outcome.BROKEN: Verdict.GRADER_ERROR,
}


def _message(record: Record, seconds: float, learner_file: str) -> tuple[str, str]:
    match record.outcome:
        case Outcome.FAILED if record.failures:
            first = record.failures[0]
            return first.message, f"{first.file}:{first.line}"
        case Outcome.SANITIZER:
            words = explain_report(f"{record.message}\n{record.output}", learner_file)
            return (words.message, words.place) if words else (_first_line(record.message), "")
        case Outcome.TIMED_OUT:
            return (
                f"It was stopped after {seconds:g} s: a wait that nobody ends, a deadlock, or a loop without end."
            ), ""
    return _plain_message(record), ""


def _plain_message(record: Record) -> str:
    match record.outcome:
        case Outcome.CRASHED:
            return f"Your code crashed: {_signal(record.signal)}."
        case Outcome.EXITED:
            return (
                f"Your code ended the whole program, with status {record.exit_code}. "
                "A function has to come back to its caller: no exit() here."
            )
        case Outcome.LEFT_PROCESS:
            return "Your code started another process (fork) and left it behind. " + _sentence(record.message)
        case Outcome.NOT_LOADED:
            missing = re.search(r"undefined symbol: (\w+)", record.message)
            name = missing[1] if missing else record.message
            return f"Your file does not define `{name}`, which the exercise's header declares."
        case Outcome.FLOODED:
            return "Your code printed without end, and was stopped after some megabytes."
        case Outcome.BROKEN:
            return f"The grader could not judge this: {record.message}. This is not your code's fault."
    return _sentence(record.message) or "The test failed and did not say why."


def _signal(number: int | None) -> str:
    try:
        known = signal.Signals(number or 0)
    except ValueError:
        return f"signal {number}"
    return f"{_SIGNALS.get(known, known.name)} (signal {number})"


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]


def _sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
