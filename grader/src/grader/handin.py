"""The zip file that a learner hands in, and its manifest.

The same files give the same bytes: nothing in it depends on the time, the
machine or what the learner did before. `docs/learner-state.md` describes it.
"""

from __future__ import annotations

import io
import json
import os
import stat
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grader import VERSION
from grader.course import Exercise
from grader.errors import UsageError
from grader.files import sha256
from grader.paths import Tree

FORMAT = 1
_MANIFEST = "manifest.json"
_SAME_TIME_FOR_ALL = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can hold
_LARGEST = 1024 * 1024


@dataclass(frozen=True)
class Piece:
    """One file of the learner's."""

    key: str
    code: bytes

    @property
    def path(self) -> str:
        """Return where the file lies in the zip file, as in the tree."""
        return f"exercises/{self.key}.c"

    def to_json(self) -> dict[str, Any]:
        """Return what the manifest says of the file."""
        return {
            "key": self.key,
            "path": self.path,
            "sha256": sha256(self.code),
            "size": len(self.code),
        }


def piece(tree: Tree, exercise: Exercise) -> Piece:
    """Read a file to hand in; only a regular file of the tree's own is taken."""
    path = tree.exercise(exercise.key)
    shown = tree.shown(path)
    if path.parent.resolve() != tree.root.resolve() / "exercises" / path.parent.name:
        raise UsageError(f"{shown} lies behind a symbolic link.", "Put the folder itself there.")
    try:
        # O_NONBLOCK: opening a named pipe must not wait for its other end.
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if path.is_symlink():
            raise UsageError(f"{shown} is a symbolic link.", "Put the file itself there.") from error
        raise UsageError(f"{shown} can't be read: {error.strerror}.") from error
    try:
        facts = os.fstat(file)
        if not stat.S_ISREG(facts.st_mode):
            raise UsageError(f"{shown} is not a regular file.", "Put the C file there.")
        if facts.st_size > _LARGEST:
            raise UsageError(f"{shown} is larger than {_LARGEST} bytes.", "Is that your C file?")
        return Piece(exercise.key, os.read(file, _LARGEST))
    finally:
        os.close(file)


def archive(pieces: Sequence[Piece]) -> bytes:
    """Return the zip file."""
    manifest = {
        "format": FORMAT,
        "workbook": VERSION,
        "files": [piece.to_json() for piece in pieces],
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        _add(archive, _MANIFEST, f"{json.dumps(manifest, indent=2)}\n".encode())
        for piece in pieces:
            _add(archive, piece.path, piece.code)
    return target.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    member = zipfile.ZipInfo(name, _SAME_TIME_FOR_ALL)
    member.create_system = 3  # Unix, on every system
    member.external_attr = (stat.S_IFREG | 0o644) << 16
    archive.writestr(member, data)
