"""What an attempt is, and what is remembered of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_grader import FakeGrader, result_of
from learner import KEY, Learner

from grader.attempts import after_grading, attempt
from grader.course import Course, Exercise, load_course
from grader.model import ExerciseResult, Verdict
from grader.paths import Tree
from grader.state import Standing, StateFile


@pytest.fixture
def course(own_tiny: Path) -> Course:
    """Return the tiny course."""
    return load_course(Tree(own_tiny))


def _graded(course: Course) -> Standing:
    exercise = course.exercises[0]
    attempt(course.tree, exercise, FakeGrader(course).grade)
    return StateFile(course.tree).read().of(exercise.key)


def test_the_handed_out_file_is_no_attempt_but_its_failure_is_known(course: Course) -> None:
    standing = _graded(course)
    assert (standing.attempts, standing.failing, standing.verdict) == (0, {"doubles": 1}, "failed")


def test_each_new_version_is_an_attempt_and_the_same_again_is_none(course: Course) -> None:
    learner = Learner(course.tree.root)
    learner.saves("one")
    assert _graded(course).attempts == 1
    assert _graded(course).attempts == 1
    learner.saves("two")
    standing = _graded(course)
    assert (standing.attempts, standing.failing) == (2, {"doubles": 2})


def test_a_pass_is_dated_once_and_outlives_a_later_failure(course: Course) -> None:
    learner = Learner(course.tree.root)
    learner.saves("SOLVED")
    first = _graded(course)
    assert first.solved and first.first_passed and first.failing == {}
    learner.saves("broken again")
    second = _graded(course)
    assert (second.solved, second.first_passed, second.best_score) == (True, first.first_passed, 100)
    assert second.verdict == "failed"


def test_a_fault_of_the_graders_is_no_attempt(course: Course) -> None:
    def faulty(exercise: Exercise, code: Path) -> ExerciseResult:
        return result_of(exercise, Verdict.PASSED, Verdict.GRADER_ERROR, Verdict.NOT_REACHED)

    attempt(course.tree, course.exercises[0], faulty)
    assert StateFile(course.tree).read().of(KEY) == Standing()


def test_a_file_that_was_saved_meanwhile_counts_as_not_graded(course: Course) -> None:
    learner = Learner(course.tree.root)

    def slow(exercise: Exercise, code: Path) -> ExerciseResult:
        result = FakeGrader(course).grade(exercise, code)
        learner.saves("saved while it was graded")
        return result

    attempt(course.tree, course.exercises[0], slow)
    assert StateFile(course.tree).read().of(KEY).code == ""


def test_a_check_that_is_not_reached_did_not_fail(course: Course) -> None:
    result = result_of(
        course.exercises[0], Verdict.DID_NOT_COMPILE, Verdict.NOT_REACHED, Verdict.NOT_REACHED
    )
    standing = after_grading(Standing(), result, "code", edited=True)
    assert standing.failing == {"compile": 1}


def test_a_verdict_counts_even_if_it_cannot_be_recorded(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    (course.tree.root / ".workbook").write_text("no folder")
    result = attempt(course.tree, course.exercises[0], FakeGrader(course).grade)
    assert result.verdict is Verdict.FAILED
    assert "note: Your progress can't be" in capsys.readouterr().err
