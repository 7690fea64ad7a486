"""Hints that come unasked: after another failed attempt, and never the last one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fake_grader import FakeGrader
from learner import KEY, Learner

from conftest import call
from grader.attempts import attempt
from grader.course import Course, load_course
from grader.hints import due, exhausted, first_failing, shown, take_due, upcoming
from grader.paths import Tree
from grader.session import Session
from grader.state import Standing, StateFile


@pytest.fixture
def course(own_tiny: Path) -> Course:
    """Return the tiny course."""
    return load_course(Tree(own_tiny))


def _fails(course: Course, code: str) -> int:
    """Grade a version of the file; return the level of the hint that came unasked, or 0."""
    exercise = course.exercises[0]
    Learner(course.tree.root).saves(code)
    attempt(course.tree, exercise, FakeGrader(course).grade)
    hint = take_due(StateFile(course.tree), exercise)
    return hint.level if hint else 0


def test_each_further_failure_brings_one_more_but_never_the_last(course: Course) -> None:
    assert [_fails(course, f"try {number}") for number in range(5)] == [0, 1, 2, 0, 0]


def test_the_same_version_again_is_no_further_failure(course: Course) -> None:
    assert [_fails(course, code) for code in ("one", "one", "two", "two")] == [0, 0, 1, 0]


def test_what_fails_anew_is_counted_anew(course: Course) -> None:
    codes = ("one", "two", "SYNTAX ERROR", "three", "four", "five")
    assert [_fails(course, code) for code in codes] == [0, 1, 0, 0, 0, 2]


def test_what_does_not_compile_brings_none(course: Course) -> None:
    assert [_fails(course, f"SYNTAX ERROR {number}") for number in range(4)] == [0, 0, 0, 0]


def test_who_asked_already_waits_for_the_next_level(course: Course) -> None:
    _fails(course, "one")
    Learner(course.tree.root).calls("hint", KEY)
    assert [_fails(course, code) for code in ("two", "three")] == [0, 2]


def test_watch_mode_shows_it(course: Course) -> None:
    session = Session(course, course.exercises[0], FakeGrader(course).grade)
    for code in ("one", "two"):
        Learner(course.tree.root).saves(code)
        session.grade()
    assert session.hint and session.hint.level == 1
    session.next_hint()
    assert session.hint.level == 2


def test_check_prints_it_but_not_as_json(own_tiny: Path) -> None:
    learner = Learner(own_tiny)
    texts = []
    for number in (3, 4):
        learner.saves(f'#include "twice.h"\nint twice(int number)\n{{\n    return number + {number};\n}}\n')
        texts.append(call(own_tiny, "check", KEY).out)
    assert "Hint" not in texts[0]
    assert 'Not for the first time, so:\n\nHint 1 of 3 for "A number is doubled"' in texts[1]
    learner.saves('#include "twice.h"\nint twice(int number)\n{\n    return number + 5;\n}\n')
    json.loads(call(own_tiny, "check", KEY, "--json").out)


# A new release --------------------------------------------------------------


def test_what_is_known_of_checks_survives_their_change(course: Course) -> None:
    exercise = course.exercises[0]
    standing = Standing(failing={"gone": 4, "doubles": 2}, hints={"gone": 3, "doubles": 9})
    check = first_failing(exercise, standing)
    assert check and check.id == "doubles"
    assert [hint.level for hint in shown(check, standing)] == [1, 2, 3]  # of the nine of another release
    assert upcoming(check, standing) is None and due(exercise, standing) is None
    assert "all 3 hints" in exhausted(course.tree, exercise, check)
    negative = exercise.check("negative")
    assert [hint.level for hint in shown(negative, standing)] == []


def test_an_update_keeps_what_an_older_release_wrote(course: Course) -> None:
    state = {"format": 1, "exercises": {KEY: {"hints": {"gone": 2}, "later": "?"}, "09_gone/x": {"solved": True}}}
    private = course.tree.private
    private.mkdir(exist_ok=True)
    (private / "state.json").write_text(json.dumps(state))
    assert _fails(course, "one") == 0 and _fails(course, "two") == 1
    kept = json.loads((private / "state.json").read_text())["exercises"]
    assert kept[KEY]["hints"] == {"gone": 2, "doubles": 1} and kept[KEY]["later"] == "?"
    assert kept["09_gone/x"]["solved"] is True


def test_a_file_with_the_marks_of_a_failed_merge_is_set_aside(course: Course) -> None:
    private = course.tree.private
    private.mkdir(exist_ok=True)
    marked = '<<<<<<< ours\n{"format": 1}\n=======\n{"format": 1}\n>>>>>>> theirs\n'
    (private / "state.json").write_text(marked)
    assert _fails(course, "one") == 0
    (aside,) = private.glob("state.damaged-*.json")
    assert aside.read_text() == marked
