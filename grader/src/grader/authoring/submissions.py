"""Every submission whose verdict is known beforehand, and what it has to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.checks import COMPILE
from grader.course import Course, Exercise
from grader.model import ExerciseResult, Verdict

SKELETONS, SOLUTIONS, WRONG = "skeletons", "solutions", "wrong"
KINDS = (SKELETONS, SOLUTIONS, WRONG)
_FAILING = (Verdict.FAILED, Verdict.TIMED_OUT, Verdict.DID_NOT_COMPILE)


@dataclass(frozen=True)
class Submission:
    """A file, and exactly what grading it has to say."""

    exercise: Exercise
    kind: str
    path: Path
    fails: frozenset[str]
    not_reached: frozenset[str]
    score: int

    def differences(self, result: ExerciseResult) -> Iterator[tuple[str, str]]:
        """Yield what came out otherwise than declared, and what that may mean."""
        for check in result.checks:
            if check.verdict is Verdict.GRADER_ERROR:
                problem = f"check {check.id}: the grader itself failed ({' '.join(check.message.split())})"
                yield problem, "repair the grader or the test"
                return
        for check in result.checks:
            if check.verdict in _FAILING and not check.code:
                yield f"check {check.id}: its failure has no code", "name its kind, see failures.py"
        # What this machine can't measure says nothing, for or against.
        measured = {check.id for check in result.checks if check.is_measured}
        failed = {check.id for check in result.checks if check.verdict in _FAILING}
        not_reached = {check.id for check in result.checks if check.verdict is Verdict.NOT_REACHED}
        unmeasured = sum(
            c.max_points for c in result.checks if c.id not in measured | self.fails | self.not_reached
        )
        if failed != self.fails & measured:
            yield f"it fails {_listed(failed)}; declared: {_listed(self.fails & measured)}", self._remedy(
                result, failed
            )
        if not_reached != self.not_reached & measured:
            yield (
                f"not reached: {_listed(not_reached)}; declared: {_listed(self.not_reached & measured)}",
                "correct `requires`, or what is declared",
            )
        if result.score != self.score - unmeasured:
            problem = f"it scores {result.score}; declared: {self.score - unmeasured}"
            yield problem, "correct the points, or what is declared"

    def _remedy(self, result: ExerciseResult, failed: set[str]) -> str:
        surprise = next((c for c in result.checks if c.id in failed - self.fails), None)
        if surprise is None:
            return "sharpen the check that should have caught it"
        first_line = surprise.message.strip().partition("\n")[0]
        return f"see why {surprise.id} failed: {surprise.place} {first_line}".replace(":  ", ": ")


def submissions(course: Course, exercise: Exercise, kinds: frozenset[str]) -> Iterator[Submission]:
    """Yield an exercise's submissions of the kinds asked for, as far as their files are there."""
    for submission in _all(course, exercise):
        if (not kinds or submission.kind in kinds) and submission.path.is_file():
            yield submission


def _all(course: Course, exercise: Exercise) -> Iterator[Submission]:
    tree = course.tree
    fails = frozenset(exercise.skeleton_fails)
    others = frozenset(check.id for check in exercise.checks) - fails - {COMPILE}
    yield Submission(exercise, SKELETONS, tree.exercise(exercise.key), fails, others, 0)
    full = sum(check.points for check in exercise.checks)
    yield Submission(exercise, SOLUTIONS, tree.solution(exercise.key), frozenset(), frozenset(), full)
    for wrong in exercise.wrong:
        path = tree.wrong_folder(exercise.key) / wrong.file
        yield Submission(
            exercise, WRONG, path, frozenset(wrong.fails), frozenset(wrong.not_reached), wrong.score
        )


def _listed(ids: set[str] | frozenset[str]) -> str:
    return ", ".join(sorted(ids)) or "nothing"
