"""`list` and the start without a command: where the learner stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from learner import KEY, OTHER, Learner


@pytest.fixture
def learner(own_tiny: Path) -> Learner:
    """Return a learner at the start of the tiny course."""
    return Learner(own_tiny)


def _statuses(learner: Learner) -> list[str]:
    listed = learner.calls("list", "--json").json
    return [e["status"] for lesson in listed["lessons"] for e in lesson["exercises"]]


def test_the_road_is_marked_as_it_is_walked(learner: Learner) -> None:
    assert _statuses(learner) == ["untouched", "untouched"]
    learner.saves("edited")
    assert _statuses(learner) == ["started", "untouched"]
    learner.saves("SOLVED")
    learner.calls("hint", KEY)
    assert _statuses(learner) == ["solved", "untouched"]


def test_a_missing_file_is_no_start(learner: Learner) -> None:
    learner.file().unlink()
    assert _statuses(learner) == ["untouched", "untouched"]
    assert learner.calls().code == 0


def test_the_list_as_data_has_what_scripts_need(learner: Learner) -> None:
    learner.saves("SOLVED")
    learner.calls("hint", KEY)
    listed = learner.calls("list", "--json").json
    assert (listed["solved"], listed["total"], listed["next"]) == (1, 2, OTHER)
    assert listed["minutes_left"] == 5
    assert listed["lessons"][0]["exercises"][0] == {
        "key": KEY,
        "title": "Double a number",
        "minutes": 5,
        "status": "solved",
        "attempts": 1,
        "best_score": 100,
    }


def test_the_list_for_people_marks_with_a_sign_and_a_word(learner: Learner) -> None:
    lines = learner.calls("list").out.splitlines()
    assert lines[0] == "You have solved 0 of 2 exercises; about 10 minutes are left."
    (first,) = [line for line in lines if "Double a number" in line]
    assert first == "\u2192 \u00b7 untouched  twice      5 min  Double a number"
    assert lines[1] == "Next is 01_tiny/twice."
    assert "\x1b" not in "".join(lines)


def test_signs_are_plain_where_unicode_is_not_shown(learner: Learner) -> None:
    done = learner.calls("list", LC_ALL="C")
    assert done.code == 0 and done.out.isascii() and ">   untouched" in done.out


def test_an_ascii_only_python_does_not_crash(learner: Learner) -> None:
    commands: list[list[str]] = [["list"], [], ["hint", KEY]]
    for command in commands:
        done = learner.calls(*command, LC_ALL="POSIX", PYTHONIOENCODING="ascii:strict", PYTHONUTF8="0")
        assert done.code == 0, done.err


def test_the_start_without_a_terminal_names_the_next_commands(learner: Learner) -> None:
    done = learner.calls()
    assert done.code == 0 and done.err == ""
    for words in (
        "solved 0 of 2",
        "10 minutes are left",
        "./workbook read 01_tiny",
        f"exercises/{KEY}.c:6",
        f"./workbook check {KEY}",
        f"./workbook hint {KEY}",
        "./workbook watch",
    ):
        assert words in done.out


def test_the_start_goes_on_at_the_first_unsolved_exercise(learner: Learner) -> None:
    learner.saves("SOLVED")
    learner.calls("hint", KEY)
    assert f"Next is {OTHER}" in learner.calls().out


def test_at_the_end_of_the_road_the_start_says_what_to_do_now(learner: Learner) -> None:
    for key in (KEY, OTHER):
        learner.saves("SOLVED", key)
        learner.calls("hint", key)
    done = learner.calls()
    assert done.code == 0 and "all of them" in done.out and "./workbook pack" in done.out
