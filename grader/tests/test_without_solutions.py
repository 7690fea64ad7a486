"""A copy for students, without solutions: it says so, and nowhere offers one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from learner import KEY, OTHER, Learner, Terminal, environment, fake

READY = "q quit"
SAYS = "This copy of the workbook comes without solutions."


@pytest.fixture
def learner(own_tiny: Path) -> Learner:
    """Return a learner with a copy that has no solutions."""
    shutil.rmtree(own_tiny / "solutions")
    return Learner(own_tiny)


@pytest.mark.parametrize(
    "command", [("check", "--all", "--solutions"), ("check", KEY, "--solutions", "--json"), ("diff", KEY)]
)
def test_whoever_asks_for_a_solution_is_told(learner: Learner, command: tuple[str, ...]) -> None:
    done = learner.calls(*command)
    assert done.code == 2 and done.out == ""
    assert done.err == f"{SAYS} Ask whoever gave it to you about theirs.\n"


def test_the_help_does_not_list_what_compares_with_one(learner: Learner) -> None:
    assert "  diff " not in learner.calls("--help").out


def test_the_end_of_the_hints_offers_none(learner: Learner) -> None:
    for _ in range(3):
        learner.calls("hint", KEY)
    done = learner.calls("hint", KEY)
    assert SAYS in done.out and "diff" not in done.out and "./workbook read 01_tiny\n" in done.out


def test_whoever_passes_is_not_sent_to_compare(learner: Learner) -> None:
    learner.saves("SOLVED")
    assert "diff" not in learner.calls("hint", KEY).out


def test_the_end_of_the_road_offers_none(learner: Learner) -> None:
    for key in (KEY, OTHER):
        learner.saves("SOLVED", key)
        learner.calls("hint", key)
    done = learner.calls()
    assert "all of them" in done.out and "./workbook pack" in done.out and "diff" not in done.out


def test_watch_mode_has_no_key_for_it_and_says_why(learner: Learner) -> None:
    learner.saves("SOLVED")
    with Terminal(fake(), learner.root, environment(learner.root, NO_COLOR="1")) as terminal:
        screen = terminal.shows(READY)
        assert "Solved. n: on to" in screen and "d diff" not in screen
        terminal.types("d")
        assert SAYS in terminal.shows(READY)
        terminal.types("?")
        assert f"d      {SAYS}" in terminal.shows(READY)
        terminal.types("q")
        assert terminal.ends() == 0
