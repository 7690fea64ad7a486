"""`reset`: the handed-out file comes back, and nothing of the learner's is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from learner import KEY, OTHER, Learner, Terminal, environment, fake

from grader.backups import Backups
from grader.paths import Tree


@pytest.fixture
def learner(own_tiny: Path) -> Learner:
    """Return a learner at the start of the tiny course."""
    return Learner(own_tiny)


def _backups(learner: Learner, key: str = KEY) -> list[str]:
    return [backup.read_text() for backup in Backups(Tree(learner.root), key).all()]


def test_the_handed_out_file_comes_back_byte_for_byte(learner: Learner) -> None:
    before = learner.file().read_bytes()
    learner.saves("mine")
    done = learner.calls("reset", KEY)
    assert done.code == 0 and learner.file().read_bytes() == before
    assert _backups(learner) == ["mine"]
    (backup,) = (learner.root / ".workbook" / "backups" / KEY).iterdir()
    assert f".workbook/backups/{KEY}/{backup.name}" in done.out
    assert f"./workbook reset {KEY} --undo" in done.out


def test_undo_brings_the_last_version_back_and_can_be_undone(learner: Learner) -> None:
    learner.saves("first")
    learner.calls("reset", KEY)
    learner.saves("second")
    learner.calls("reset", KEY, "--undo")
    assert learner.file().read_text() == "first"
    learner.calls("reset", KEY, "--undo")
    assert learner.file().read_text() == "second"
    assert _backups(learner)[:2] == ["first", "second"]


def test_backups_of_one_second_do_not_replace_each_other(tmp_path: Path) -> None:
    backups = Backups(Tree(tmp_path), KEY)
    versions = [f"{number}" for number in range(12)]
    for version in versions:
        backups.keep(version.encode(), "20261122T101500Z")
    assert [backup.read_text() for backup in backups.all()] == versions
    youngest = backups.latest_other_than(b"11")
    assert youngest and youngest.read_text() == "10"


def test_an_unedited_file_needs_no_reset(learner: Learner) -> None:
    done = learner.calls("reset", KEY)
    assert done.code == 0 and "is as it was handed out." in done.out and _backups(learner) == []


def test_a_file_that_is_gone_comes_back(learner: Learner) -> None:
    learner.file().unlink()
    assert learner.calls("reset", KEY).code == 0
    assert "TODO" in learner.file().read_text() and _backups(learner) == []


def test_a_lesson_or_all_can_be_reset(learner: Learner) -> None:
    for arguments in (["01_tiny"], ["--all"], [KEY, OTHER]):
        learner.saves("a")
        learner.saves("b", OTHER)
        assert learner.calls("reset", *arguments).code == 0
        assert "TODO" in learner.file().read_text() and "TODO" in learner.file(OTHER).read_text()


def test_undo_of_several_takes_those_that_have_a_backup(learner: Learner) -> None:
    learner.saves("mine", OTHER)
    learner.calls("reset", "--all")
    assert learner.calls("reset", "--all", "--undo").code == 0
    assert learner.file(OTHER).read_text() == "mine" and "TODO" in learner.file().read_text()


def test_undo_without_a_backup_is_said(learner: Learner) -> None:
    done = learner.calls("reset", KEY, "--undo")
    assert done.code == 2 and "There is no backup" in done.err


def test_a_reset_exercise_is_to_be_solved_again(learner: Learner) -> None:
    learner.saves("SOLVED")
    learner.calls("hint", KEY)
    passed = learner.standing()["first_passed"]
    learner.calls("reset", KEY)
    after = learner.standing()
    assert (after["solved"], after["first_passed"], after["best_score"]) == (False, passed, 100)
    assert "Next is 01_tiny/twice" in learner.calls().out


def test_nothing_changes_if_no_backup_can_be_made(learner: Learner) -> None:
    learner.saves("precious")
    (learner.root / ".workbook").mkdir()
    (learner.root / ".workbook" / "backups").write_text("a file where the folder should be")
    done = learner.calls("reset", KEY)
    assert done.code == 3 and "Nothing was changed" in done.err
    assert learner.file().read_text() == "precious"


@pytest.mark.parametrize(("arguments", "words"), [([], "Which exercise?"), ([KEY, "--all"], "not both")])
def test_what_to_reset_has_to_be_clear(learner: Learner, arguments: list[str], words: str) -> None:
    done = learner.calls("reset", *arguments)
    assert done.code == 2 and words in done.err


@pytest.mark.parametrize(("answer", "is_reset"), [("y\n", True), ("\n", False), ("\x04", False)])
def test_in_a_terminal_it_asks_first(learner: Learner, answer: str, is_reset: bool) -> None:
    learner.saves("mine")
    with Terminal(fake("reset", KEY), learner.root, environment(learner.root)) as terminal:
        terminal.shows("[y/N]")
        terminal.types(answer)
        assert terminal.ends() == 0
    assert (learner.file().read_text() == "mine") is not is_reset


def test_in_a_terminal_yes_is_not_asked_for_twice(learner: Learner) -> None:
    learner.saves("mine")
    with Terminal(fake("reset", "--yes", KEY), learner.root, environment(learner.root)) as terminal:
        assert terminal.ends() == 0
        assert "[y/N]" not in terminal.shows("--undo")
