"""The state file: nothing is lost, whatever happens to it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from grader.errors import GraderError
from grader.paths import Tree
from grader.state import Standing, StateFile

KEY = "01_tiny/twice"


def _file(root: Path) -> Path:
    return root / ".workbook" / "state.json"


def _write(root: Path, text: str) -> None:
    _file(root).parent.mkdir()
    _file(root).write_text(text)


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    assert StateFile(Tree(tmp_path)).read().of(KEY) == Standing()
    assert not _file(tmp_path).parent.exists()


def test_what_is_changed_is_read_again(tmp_path: Path) -> None:
    failing = {"negative": 2, "doubles": 1}
    StateFile(Tree(tmp_path)).change(KEY, lambda s: replace(s, attempts=3, failing=failing))
    standing = StateFile(Tree(tmp_path)).read().of(KEY)
    assert standing == Standing(attempts=3, failing=failing)
    assert list(standing.failing) == ["negative", "doubles"]  # their order matters to hints


def test_unknown_fields_and_exercises_are_kept(tmp_path: Path) -> None:
    content = {
        "format": 1,
        "theme": "dark",
        "exercises": {KEY: {"attempts": 1, "mood": "fine"}, "99_gone/away": {"attempts": 7}},
    }
    _write(tmp_path, json.dumps(content))
    StateFile(Tree(tmp_path)).change(KEY, lambda s: replace(s, attempts=s.attempts + 1))
    after = json.loads(_file(tmp_path).read_text())
    assert after["theme"] == "dark"
    assert (after["exercises"][KEY]["attempts"], after["exercises"][KEY]["mood"]) == (2, "fine")
    assert after["exercises"]["99_gone/away"]["attempts"] == 7


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "{",
        "\x00\x00",
        "[" * 100_000,
        "[]",
        '{"format": 1}',
        '{"exercises": {}}',
        '{"format": 1, "exercises": {"01_tiny/twice": 3}}',
        '{"format": 1, "exercises": {"01_tiny/twice": {"attempts": "many"}}}',
        '{"format": 1, "exercises": {"01_tiny/twice": {"attempts": true}}}',
        '{"format": 1, "exercises": {"01_tiny/twice": {"hints": {"doubles": "two"}}}}',
    ],
)
def test_a_damaged_file_is_set_aside_with_a_word(tmp_path: Path, damaged: str) -> None:
    _write(tmp_path, damaged)
    told: list[str] = []
    assert StateFile(Tree(tmp_path), told.append).read().of(KEY) == Standing()
    aside = list(_file(tmp_path).parent.glob("state.damaged-*.json"))
    assert [file.read_text() for file in aside] == [damaged]
    assert len(told) == 1 and aside[0].name in told[0]
    assert not _file(tmp_path).exists()


def test_a_second_damaged_file_does_not_replace_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.state.timestamp", lambda: "20261122T101500Z")
    _write(tmp_path, "one")
    state = StateFile(Tree(tmp_path), lambda _: None)
    state.read()
    _file(tmp_path).write_text("two")
    state.read()
    kept = sorted(file.read_text() for file in _file(tmp_path).parent.glob("state.damaged-*"))
    assert kept == ["one", "two"]


def test_a_newer_format_is_refused_and_left_alone(tmp_path: Path) -> None:
    text = '{"format": 2, "exercises": []}'
    _write(tmp_path, '{"format": 2, "exercises": {}}')
    with pytest.raises(GraderError, match="newer version"):
        StateFile(Tree(tmp_path)).change(KEY, lambda s: s)
    assert _file(tmp_path).read_text() == text.replace("[]", "{}")


def test_a_change_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    state = StateFile(Tree(tmp_path))
    state.change(KEY, lambda s: replace(s, attempts=1))
    before = _file(tmp_path).read_bytes()

    def fails(standing: Standing) -> Standing:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        state.change(KEY, fails)
    assert _file(tmp_path).read_bytes() == before
    assert sorted(f.name for f in _file(tmp_path).parent.iterdir()) == ["state.json", "state.lock"]


def test_changes_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    def count(number: int) -> None:
        key = f"01_tiny/{number % 3}"
        StateFile(Tree(tmp_path)).change(key, lambda s: replace(s, attempts=s.attempts + 1))

    with ThreadPoolExecutor(max_workers=8) as threads:
        list(threads.map(count, range(60)))
    state = StateFile(Tree(tmp_path)).read()
    assert [state.of(f"01_tiny/{number}").attempts for number in range(3)] == [20, 20, 20]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / ".workbook").write_text("a file where the folder should be")
    with pytest.raises(GraderError, match="can't be"):
        StateFile(Tree(tmp_path)).change(KEY, lambda s: s)
