"""Files are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.files import write_atomically, write_beside


def test_a_new_file_and_its_folder_are_made(tmp_path: Path) -> None:
    write_atomically(tmp_path / "new" / "a.c", b"code")
    assert (tmp_path / "new" / "a.c").read_bytes() == b"code"


def test_an_old_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "a.c"
    file.write_bytes(b"old")
    file.chmod(0o640)
    write_atomically(file, b"new")
    assert file.read_bytes() == b"new" and file.stat().st_mode & 0o777 == 0o640


def test_a_failure_leaves_the_old_file_and_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.c"
    file.write_bytes(b"old")

    def fails(*_: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(OSError, match="no space"):
        write_atomically(file, b"new")
    assert [(f.name, f.read_bytes()) for f in tmp_path.iterdir()] == [("a.c", b"old")]


def test_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    names = [write_beside(tmp_path / "a.zip", bytes([number])).name for number in range(3)]
    assert names == ["a.zip", "a-2.zip", "a-3.zip"]
    assert (tmp_path / "a.zip").read_bytes() == b"\x00"
