"""Aspect `replays`: an order that showed a bug shows it again, every time.

For each wrong submission that a schedule check catches, the kept trace is
replayed, as `./workbook replay` does, and has to give the same bug at the same
places.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.finding import Finding, Settings
from grader.authoring.scope import Scope
from grader.authoring.submissions import WRONG, Submission, submissions
from grader.errors import GraderError
from grader.exploring.outcome import Outcome, explore
from grader.exploring.traces import StoredTrace, load
from grader.grade import Grader
from grader.model import Kind
from grader.parallel import in_order

_REMEDY = "find out what the run depends on besides the trace"


def check_replays(scope: Scope, settings: Settings) -> Iterator[Finding]:
    """Replay each failing order as often as asked."""
    grader = Grader(scope.course)
    work = [
        submission
        for exercise in scope.exercises
        for submission in submissions(scope.course, exercise, frozenset({WRONG}))
        if any(exercise.check(check).kind is Kind.SCHEDULE for check in submission.fails)
    ]
    for _, findings in in_order(lambda each: _replayed(scope, grader, each, settings), work, settings.jobs):
        yield from findings


def _replayed(scope: Scope, grader: Grader, submission: Submission, settings: Settings) -> list[Finding]:
    shown = scope.tree.shown(submission.path)
    settings.progress(f"replaying {shown}")
    result = grader.grade(submission.exercise, submission.path)
    findings = []
    for trace in (check.trace for check in result.checks if check.trace):
        stored = load(scope.tree, trace)
        first = _what_shows(stored)
        for number in range(1, settings.repeat + 1):
            again = _what_shows(stored)
            if not first or again != first:
                problem = f"replay {number} of {settings.repeat} of {trace} shows {again}, not {first}"
                findings.append(Finding(shown, problem, _REMEDY))
                break
    return findings


def _what_shows(stored: StoredTrace) -> tuple[object, ...]:
    """Return what a replay shows; empty if that is nothing."""
    try:
        outcome = explore(stored.program, {"trace": stored.trace}, stored.arguments)
    except GraderError as error:
        return (error.message,)
    return _key(outcome)


def _key(outcome: Outcome) -> tuple[object, ...]:
    bug = outcome.bug
    return (bug.kind, bug.text, *(note.pc for note in bug.notes)) if bug else ()
