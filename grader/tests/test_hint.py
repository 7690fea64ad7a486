"""`hint`: one level at a time, for the first check that fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from learner import KEY, OTHER, Learner


@pytest.fixture
def learner(own_tiny: Path) -> Learner:
    """Return a learner at the start of the tiny course."""
    return Learner(own_tiny)


def test_levels_come_one_after_the_other_and_then_end(learner: Learner) -> None:
    first, second, third, fourth = (learner.calls("hint", KEY) for _ in range(4))
    assert 'Hint 1 of 3 for "A number is doubled"\n  What is three and three?' in first.out
    assert "Hint 2 of 3" in second.out and "Look at the header." in second.out
    assert "Hint 3 of 3" in third.out and "last hint" in third.out
    assert "all 3 hints" in fourth.out and f"./workbook diff {KEY} --peek" in fourth.out
    assert {c.code for c in (first, second, third, fourth)} == {0}


def test_only_the_first_hint_grades(learner: Learner) -> None:
    assert "Grading" in learner.calls("hint", KEY).err
    assert learner.calls("hint", KEY).err == ""


def test_an_edited_file_is_graded_afresh_before_a_hint(learner: Learner) -> None:
    learner.calls("hint", KEY)
    learner.saves("SYNTAX ERROR")
    done = learner.calls("hint", KEY)
    assert 'Hint 1 of 3 for "It compiles"' in done.out
    assert learner.standing()["attempts"] == 1


def test_without_a_key_it_is_about_the_next_unsolved_exercise(learner: Learner) -> None:
    learner.saves("SOLVED")
    learner.calls("hint", KEY)
    assert 'for "Both are visited"' in learner.calls("hint").out


def test_who_passes_needs_no_hint(learner: Learner) -> None:
    learner.saves("SOLVED")
    for _ in range(2):  # graded now, and remembered
        done = learner.calls("hint", KEY)
        assert done.code == 0 and "passes: no hint is needed" in done.out


def test_when_all_is_solved_there_is_nothing_to_hint_at(learner: Learner) -> None:
    for key in (KEY, OTHER):
        learner.saves("SOLVED", key)
        learner.calls("hint", key)
    assert "Every exercise is solved" in learner.calls("hint").out


def test_those_already_shown_can_be_repeated(learner: Learner) -> None:
    assert "no hint" in learner.calls("hint", KEY, "--all-shown").out
    learner.calls("hint", KEY)
    learner.calls("hint", KEY)
    done = learner.calls("hint", KEY, "--all-shown")
    assert "Hint 1 of 3" in done.out and "Hint 2 of 3" in done.out and "Hint 3" not in done.out
    assert learner.standing()["hints"] == {"doubles": 2}


def test_a_check_can_be_named(learner: Learner) -> None:
    done = learner.calls("hint", KEY, "--check", "negative")
    assert 'for "A negative number is doubled, too"' in done.out and done.err == ""


def test_an_unknown_check_is_answered_with_the_known_ones(learner: Learner) -> None:
    done = learner.calls("hint", KEY, "--check", "nothing")
    assert done.code == 2 and "compile, doubles, negative, memory" in done.err


def test_a_lesson_is_too_much_for_a_hint(learner: Learner) -> None:
    done = learner.calls("hint", "01_tiny")
    assert done.code == 2 and KEY in done.err and OTHER in done.err


def test_an_unknown_key_gets_a_suggestion(learner: Learner) -> None:
    done = learner.calls("hint", "01_tiny/twicce")
    assert (done.code, done.out) == (2, "") and KEY in done.err


def test_the_graders_own_fault_is_said_to_be_one(learner: Learner) -> None:
    learner.saves("FAULT")
    done = learner.calls("hint", KEY)
    assert done.code == 3 and "The fake grader broke. It was asked to." in done.err
