"""Grading the learner's own file, and remembering what came out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from grader.course import Exercise
from grader.errors import GraderError
from grader.files import sha256
from grader.model import ExerciseResult, Verdict
from grader.paths import Tree
from grader.skeletons import is_edited
from grader.state import Standing, StateFile, timestamp

_DID_FAIL = (Verdict.FAILED, Verdict.TIMED_OUT, Verdict.DID_NOT_COMPILE)


def attempt(
    tree: Tree, exercise: Exercise, grade: Callable[[Exercise, Path], ExerciseResult]
) -> ExerciseResult:
    """Grade the learner's own file and record what came out."""
    before = code_of(tree.exercise(exercise.key))
    result = grade(exercise, tree.exercise(exercise.key))
    record(tree, exercise, result, before)
    return result


def record(tree: Tree, exercise: Exercise, result: ExerciseResult, before: str) -> None:
    """Record a grading of the learner's own file; `before` is what it held when that began.

    The verdict counts even if it can't be recorded; then a note says why. A
    fault of the grader's is no attempt of the learner's.
    """
    if result.verdict is Verdict.GRADER_ERROR:
        return
    was_saved_meanwhile = code_of(tree.exercise(exercise.key)) != before
    code = "" if was_saved_meanwhile else before
    edited = is_edited(tree, exercise.key)
    try:
        StateFile(tree).change(
            exercise.key, lambda standing: after_grading(standing, result, code, edited=edited)
        )
    except GraderError as error:
        print(f"note: {error.message} {error.hint}", file=sys.stderr)


def code_of(path: Path) -> str:
    """Return the checksum of a file, or "" if it can't be read."""
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""


def after_grading(standing: Standing, result: ExerciseResult, code: str, *, edited: bool) -> Standing:
    """Return the standing after a file with this checksum was graded.

    An attempt is a version of the file: the handed-out one is none, and the
    same one again is no new one.
    """
    is_new = edited and (not code or code != standing.code)
    failed = [check.id for check in result.failing() if check.verdict in _DID_FAIL]
    passed = result.verdict is Verdict.PASSED
    return replace(
        standing,
        attempts=standing.attempts + is_new,
        best_score=max(standing.best_score, result.score),
        solved=standing.solved or passed,
        first_passed=standing.first_passed or (timestamp() if passed else ""),
        verdict=result.verdict.value,
        code=code,
        failing={
            check: standing.failing.get(check, 0) + 1 if is_new else standing.failing.get(check, 1)
            for check in failed
        },
    )
