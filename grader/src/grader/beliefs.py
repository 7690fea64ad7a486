"""Which belief does a failure suggest? A key of docs/misconceptions.md."""

from __future__ import annotations

from dataclasses import replace

from grader.checks import Check
from grader.failures import Failure
from grader.model import CheckResult, Kind, Verdict

# Beliefs that explain one kind of failure only.
_ABOUT_ONE_KIND = {"leak": Failure.LEAK}
_NOT_ABOUT_ORDER = (Failure.LOCK_MISUSE, Failure.THREAD_LEAK, Failure.NO_PROGRESS, Failure.LIMIT)


def with_belief(check: Check, result: CheckResult) -> CheckResult:
    """Name the belief that a failure suggests: what was seen of it, else what the facts say."""
    if result.verdict is not Verdict.FAILED or _has_other_cause(check, result):
        return result
    return replace(result, misconception=result.misconception or check.misconception)


def _has_other_cause(check: Check, result: CheckResult) -> bool:
    """Tell whether a failure is of a kind that the belief behind the check does not explain."""
    if result.code == Failure.DONE_TWICE:
        return True
    if result.code != _ABOUT_ONE_KIND.get(check.misconception, result.code):
        return not result.misconception
    if check.kind is Kind.TIMING:
        return result.code[:2] != "W3"
    if check.kind is Kind.SCHEDULE:
        return result.code in _NOT_ABOUT_ORDER or result.code[:2] == "W6"
    return result.code in _NOT_ABOUT_ORDER
