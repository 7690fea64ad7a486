"""The arithmetic of marks."""

from __future__ import annotations

import pytest

from grader.model import CheckResult, ExerciseResult, Kind, Report, Verdict


def check(verdict: Verdict, points: int = 10) -> CheckResult:
    return CheckResult("id", "A title", Kind.UNIT, verdict, points)


def exercise(*verdicts: Verdict) -> ExerciseResult:
    return ExerciseResult("01_tiny/twice", tuple(check(verdict) for verdict in verdicts))


def test_only_a_passed_check_has_points() -> None:
    assert [check(verdict).points for verdict in Verdict] == [10, 0, 0, 0, 0, 0, 0]


def test_what_cannot_be_measured_changes_neither_score_nor_verdict() -> None:
    result = exercise(Verdict.PASSED, Verdict.NOT_MEASURABLE)
    assert (result.score, result.max_score, result.verdict) == (10, 10, Verdict.PASSED)
    assert result.failing() == ()


def test_the_gravest_check_names_the_exercise() -> None:
    assert exercise(Verdict.PASSED, Verdict.FAILED, Verdict.NOT_REACHED).verdict is Verdict.FAILED
    assert exercise(Verdict.FAILED, Verdict.TIMED_OUT).verdict is Verdict.TIMED_OUT
    assert exercise(Verdict.TIMED_OUT, Verdict.GRADER_ERROR).verdict is Verdict.GRADER_ERROR
    assert exercise(Verdict.PASSED, Verdict.NOT_REACHED).verdict is Verdict.NOT_REACHED


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        ([Verdict.PASSED], 0),
        ([Verdict.PASSED, Verdict.FAILED], 1),
        ([Verdict.DID_NOT_COMPILE], 1),
        ([Verdict.FAILED, Verdict.GRADER_ERROR], 3),
    ],
)
def test_the_exit_code_follows_from_the_verdicts(verdicts: list[Verdict], code: int) -> None:
    assert Report(tuple(exercise(verdict) for verdict in verdicts)).exit_code == code


def test_json_has_the_promised_keys_and_plain_values() -> None:
    report = Report((exercise(Verdict.PASSED, Verdict.FAILED),)).to_json()
    assert (report["verdict"], report["score"], report["max_score"]) == ("failed", 10, 20)
    first = report["exercises"][0]["checks"][0]
    assert (first["kind"], first["verdict"], first["points"], first["max_points"]) == ("unit", "passed", 10, 10)
