"""The result model: what grading found, as data.

Text for people, JSON for scripts and every report are made from these objects
and from nothing else. Nothing here reads a file or starts a process.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What became of a check or an exercise."""

    PASSED = "passed"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    DID_NOT_COMPILE = "did_not_compile"
    NOT_REACHED = "not_reached"
    NOT_MEASURABLE = "not_measurable"
    GRADER_ERROR = "grader_error"


class Kind(StrEnum):
    """The stage that a check belongs to, in the order in which stages run."""

    COMPILE = "compile"
    UNIT = "unit"
    TIMING = "timing"
    MEMORY = "memory"
    SCHEDULE = "schedule"


# An exercise that did not pass takes the verdict of its gravest check. A fault
# of the grader's outweighs all: it is never blamed on the learner.
_GRAVEST_FIRST = (
    Verdict.GRADER_ERROR,
    Verdict.DID_NOT_COMPILE,
    Verdict.TIMED_OUT,
    Verdict.FAILED,
    Verdict.NOT_REACHED,
)


@dataclass(frozen=True)
class CheckResult:
    """One check's verdict, points and words for the learner."""

    id: str
    title: str
    kind: Kind
    verdict: Verdict
    max_points: int
    message: str = ""
    place: str = ""  # "file:line" in the learner's code or the test, or ""
    output: str = ""  # what the code printed, cut to a screenful, or ""
    code: str = ""  # of the kind of failure, see failures.py; "" if it is none
    picture: tuple[str, ...] = ()  # lines to be shown as they are: who did what, and when
    trace: str = ""  # what `./workbook replay` is given to show it again, or ""
    misconception: str = ""  # a key: what somebody who wrote this may believe, or ""
    suggestion: str = ""  # the same in a sentence, or ""

    @property
    def points(self) -> int:
        """Full points when passed, else none: a check is one claim."""
        return self.max_points if self.verdict is Verdict.PASSED else 0

    @property
    def is_measured(self) -> bool:
        """Whether this machine could judge the check at all."""
        return self.verdict is not Verdict.NOT_MEASURABLE

    def to_json(self) -> dict[str, Any]:
        """Return the check as design section 2 prints it."""
        return {
            "id": self.id,
            "title": self.title,
            "kind": self.kind.value,
            "verdict": self.verdict.value,
            "points": self.points,
            "max_points": self.max_points,
            "message": self.message,
            "place": self.place,
            "output": self.output,
            "code": self.code,
            "picture": list(self.picture),
            "trace": self.trace,
            "misconception": self.misconception,
            "suggestion": self.suggestion,
        }


@dataclass(frozen=True)
class ExerciseResult:
    """One exercise's checks, and what follows from them."""

    key: str
    checks: tuple[CheckResult, ...]
    seconds: float = 0.0

    @property
    def verdict(self) -> Verdict:
        """`passed` only if every measurable check is."""
        seen = {check.verdict for check in self.checks}
        for verdict in _GRAVEST_FIRST:
            if verdict in seen:
                return verdict
        return Verdict.PASSED if Verdict.PASSED in seen else Verdict.NOT_MEASURABLE

    @property
    def score(self) -> int:
        """The points of all checks."""
        return sum(check.points for check in self.checks)

    @property
    def max_score(self) -> int:
        """The points that could be had here: what can't be measured is left out."""
        return sum(check.max_points for check in self.checks if check.is_measured)

    def failing(self) -> tuple[CheckResult, ...]:
        """Return the checks that keep the exercise from being passed."""
        fine = (Verdict.PASSED, Verdict.NOT_MEASURABLE)
        return tuple(check for check in self.checks if check.verdict not in fine)

    def to_json(self) -> dict[str, Any]:
        """Return the exercise as design section 2 prints it."""
        return {
            "key": self.key,
            "verdict": self.verdict.value,
            "score": self.score,
            "max_score": self.max_score,
            "seconds": round(self.seconds, 3),
            "checks": [check.to_json() for check in self.checks],
        }


@dataclass(frozen=True)
class Report:
    """The results of one call of `check`."""

    exercises: tuple[ExerciseResult, ...] = field(default=())

    @property
    def verdict(self) -> Verdict:
        """`passed` only if every exercise is; else the gravest verdict."""
        seen = {exercise.verdict for exercise in self.exercises}
        for verdict in _GRAVEST_FIRST:
            if verdict in seen:
                return verdict
        return Verdict.PASSED if Verdict.PASSED in seen else Verdict.NOT_MEASURABLE

    @property
    def exit_code(self) -> int:
        """0 all passed; 1 something did not; 3 the grader's own fault."""
        if self.verdict is Verdict.GRADER_ERROR:
            return 3
        return 0 if self.verdict is Verdict.PASSED else 1

    def to_json(self) -> dict[str, Any]:
        """Return what `check --json` prints."""
        return {
            "verdict": self.verdict.value,
            "score": sum(exercise.score for exercise in self.exercises),
            "max_score": sum(exercise.max_score for exercise in self.exercises),
            "exercises": [exercise.to_json() for exercise in self.exercises],
        }
