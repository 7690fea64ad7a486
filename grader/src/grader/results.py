"""Put what a stage has found into a check's result."""

from __future__ import annotations

from grader.checks import Check
from grader.failures import of_bug
from grader.model import CheckResult, Kind, Verdict
from grader.seen import Seen


def of_seen(check: Check, seen: Seen) -> CheckResult:
    """Return what the explorer showed, as the check's result.

    Of an exercise about locks the facts know better which idea of them leads to waiting.
    """
    is_exact = check.kind is Kind.SCHEDULE or not check.misconception.startswith("lock-")
    return CheckResult(
        check.id,
        check.title,
        check.kind,
        seen.verdict,
        check.points,
        seen.message,
        seen.place,
        picture=seen.picture,
        trace=seen.trace,
        misconception=seen.misconception if is_exact else "",
        code=seen.code or (of_bug(seen.kind) if seen.kind else ""),
    )


def result(
    check: Check, verdict: Verdict, message: str = "", place: str = "", output: str = "", code: str = ""
) -> CheckResult:
    """Return a check's result in the words of a stage."""
    return CheckResult(
        check.id, check.title, check.kind, verdict, check.points, message, place, _cut(output), code
    )


def _cut(output: str, most: int = 4000) -> str:
    """Keep a screenful: what was printed last explains a failure best."""
    if len(output) <= most:
        return output
    half = most // 2
    return f"{output[:half]}\n... ({len(output) - most:,} more characters) ...\n{output[-half:]}"
