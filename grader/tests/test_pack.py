"""`pack`: what is handed in, and nothing else."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from learner import KEY, OTHER, Learner

from grader import VERSION


@pytest.fixture
def learner(own_tiny: Path) -> Learner:
    """Return a learner who has edited one of two exercises."""
    learner = Learner(own_tiny)
    learner.saves("mine\n")
    return learner


def _manifest(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as archive:
        found: dict[str, Any] = json.loads(archive.read("manifest.json"))
        return found


def test_edited_files_are_packed_with_their_checksums(learner: Learner, tmp_path: Path) -> None:
    done = learner.calls("pack", "-o", "mine.zip", cwd=tmp_path)
    assert done.code == 0 and f"exercises/{KEY}.c" in done.out and OTHER not in done.out
    with zipfile.ZipFile(tmp_path / "mine.zip") as archive:
        assert archive.namelist() == ["manifest.json", f"exercises/{KEY}.c"]
        assert archive.read(f"exercises/{KEY}.c") == b"mine\n"
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert _manifest(tmp_path / "mine.zip") == {
        "format": 1,
        "workbook": VERSION,
        "files": [
            {
                "key": KEY,
                "path": f"exercises/{KEY}.c",
                "sha256": hashlib.sha256(b"mine\n").hexdigest(),
                "size": 5,
            }
        ],
    }


def test_a_file_that_does_not_pass_is_packed_with_a_word(learner: Learner, tmp_path: Path) -> None:
    line = f"  exercises/{KEY}.c  (not checked as it is now: ./workbook check {KEY})"
    assert line in learner.calls("pack", "-o", "a.zip", cwd=tmp_path).out.splitlines()
    learner.calls("hint", KEY)  # grades it
    line = f"  exercises/{KEY}.c  (it does not pass: ./workbook check {KEY})"
    assert line in learner.calls("pack", "-o", "b.zip", cwd=tmp_path).out.splitlines()
    learner.saves("SOLVED")
    learner.calls("hint", KEY)
    assert f"  exercises/{KEY}.c" in learner.calls("pack", "-o", "c.zip", cwd=tmp_path).out.splitlines()


def test_named_exercises_are_packed_even_unedited(learner: Learner, tmp_path: Path) -> None:
    done = learner.calls("pack", OTHER, "-o", "other.zip", cwd=tmp_path)
    assert "you have not edited it" in done.out
    assert [file["key"] for file in _manifest(tmp_path / "other.zip")["files"]] == [OTHER]


def test_the_same_files_give_the_same_bytes_whatever_happened_before(
    learner: Learner, tmp_path: Path
) -> None:
    learner.calls("pack", "-o", "a.zip", cwd=tmp_path)
    learner.calls("hint", KEY)
    os.utime(learner.file(), (1, 1))
    learner.file().chmod(0o600)
    learner.calls("pack", "-o", "b.zip", cwd=tmp_path)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_the_usual_name_has_the_date_and_never_replaces_a_file(learner: Learner, tmp_path: Path) -> None:
    first, second = (learner.calls("pack", cwd=tmp_path).out.split()[0] for _ in range(2))
    assert first.startswith("workbook-20") and second == first.replace(".zip", "-2.zip")
    assert {file.name for file in tmp_path.glob("*.zip")} == {first, second}


def test_a_file_that_exists_is_replaced_only_by_force(learner: Learner, tmp_path: Path) -> None:
    (tmp_path / "mine.zip").write_text("older")
    done = learner.calls("pack", "-o", "mine.zip", cwd=tmp_path)
    assert done.code == 2 and "--force" in done.err
    assert (tmp_path / "mine.zip").read_text() == "older"
    assert learner.calls("pack", "-o", "mine.zip", "--force", cwd=tmp_path).code == 0
    assert _manifest(tmp_path / "mine.zip")["format"] == 1


def test_nothing_edited_is_nothing_to_hand_in(learner: Learner) -> None:
    learner.calls("reset", KEY)
    done = learner.calls("pack")
    assert done.code == 2 and "nothing to hand in" in done.err
    assert list(learner.root.glob("*.zip")) == []


def _becomes_a_link(file: Path) -> None:
    file.unlink()
    file.symlink_to("/etc/passwd")


def _becomes_a_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _becomes_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _disappears(file: Path) -> None:
    file.unlink()


def _grows(file: Path) -> None:
    with open(file, "wb") as stream:
        stream.truncate(1024 * 1024 + 1)


def _moves_behind_a_link(file: Path) -> None:
    elsewhere = file.parents[2] / "elsewhere"
    file.parent.rename(elsewhere)
    file.parent.symlink_to(elsewhere)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_becomes_a_link, "is a symbolic link"),
        (_becomes_a_pipe, "is not a regular file"),
        (_becomes_a_folder, "is not a regular file"),
        (_disappears, "can't be read"),
        (_grows, "is larger than"),
        (_moves_behind_a_link, "behind a symbolic link"),
    ],
)
def test_only_regular_files_of_the_course_are_taken(
    learner: Learner, spoil: Any, words: str, tmp_path: Path
) -> None:
    spoil(learner.file())
    done = learner.calls("pack", KEY, cwd=tmp_path)
    assert done.code == 2 and words in done.err and f"exercises/{KEY}.c" in done.err
    assert list(tmp_path.glob("*.zip")) == []


@pytest.mark.parametrize("output", ["missing/mine.zip", "folder"])
def test_a_place_that_cannot_be_written_is_said(learner: Learner, tmp_path: Path, output: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "missing").write_text("a file where the folder should be")
    done = learner.calls("pack", "-o", output, "--force", cwd=tmp_path)
    assert done.code in (2, 3) and "Traceback" not in done.err and "bug" not in done.err
