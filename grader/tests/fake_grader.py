"""The command line with a grader that reads instead of compiling.

The learner's loop is tested with it: fast, and without a compiler. Run as a
program it takes the command line's arguments. What a file holds decides:

    SOLVED         everything passes
    SYNTAX ERROR   it does not compile
    FAULT          the grader itself fails
    HANG           grading does not end until it is interrupted
    otherwise      the first check after `compile` fails, the rest is not reached
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import grader.grade
from grader.cli import main
from grader.course import Course, Exercise
from grader.errors import GraderError
from grader.model import CheckResult, ExerciseResult, Verdict


class FakeGrader:
    """Stands in for grader.grade.Grader."""

    def __init__(self, course: Course, progress: Callable[[str], None] = lambda _: None) -> None:
        self._progress = progress

    def grade(self, exercise: Exercise, code: Path) -> ExerciseResult:
        """Return what the file's words ask for."""
        self._progress("reading")
        words = code.read_text()
        if "FAULT" in words:
            raise GraderError("The fake grader broke.", "It was asked to.")
        if "HANG" in words:
            threading.Event().wait()
        return result_of(exercise, *_verdicts(words))


def _verdicts(words: str) -> tuple[Verdict, Verdict, Verdict]:
    if "SOLVED" in words:
        return Verdict.PASSED, Verdict.PASSED, Verdict.PASSED
    if "SYNTAX ERROR" in words:
        return Verdict.DID_NOT_COMPILE, Verdict.NOT_REACHED, Verdict.NOT_REACHED
    return Verdict.PASSED, Verdict.FAILED, Verdict.NOT_REACHED


def result_of(exercise: Exercise, compiles: Verdict, first: Verdict, rest: Verdict) -> ExerciseResult:
    """Return a result with these verdicts for `compile`, the check after it, and the others."""
    verdicts = [compiles, first, *[rest] * (len(exercise.checks) - 2)]
    return ExerciseResult(
        exercise.key,
        tuple(
            CheckResult(check.id, check.title, check.kind, verdict, check.points)
            for check, verdict in zip(exercise.checks, verdicts, strict=True)
        ),
    )


if __name__ == "__main__":
    grader.grade.Grader = FakeGrader  # type: ignore[assignment,misc]
    raise SystemExit(main())
