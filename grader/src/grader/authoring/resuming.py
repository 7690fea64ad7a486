"""Which steps of `selftest --full` are done: build/selftest/full.json.

The record counts for exactly the sources that it was made from. Only steps
that passed are in it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from grader.files import write_atomically

RESULT_FILE = Path("docs") / "selftest-full.md"  # written by the selftest, so no source of it
_NO_SOURCES = {".git", "build", ".workbook", "__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache"}


class Done:
    """The steps that have passed with the sources as they are."""

    def __init__(self, home: Path) -> None:
        self._file = home / "build" / "selftest" / "full.json"
        self._sources = hash_of_sources(home)
        self._seconds = self._read()

    def seconds(self, step: str) -> float | None:
        """Return how long a step took when it passed; None if it has not yet."""
        return self._seconds.get(step)

    def add(self, step: str, seconds: float) -> None:
        """Record a step that passed."""
        self._seconds[step] = round(seconds, 1)
        record = {"sources": self._sources, "seconds": self._seconds}
        write_atomically(self._file, json.dumps(record, indent=2).encode())

    def _read(self) -> dict[str, float]:
        try:
            record = json.loads(self._file.read_text())
            return dict(record["seconds"]) if record["sources"] == self._sources else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}  # none yet, or a damaged one: begin again


def hash_of_sources(home: Path) -> str:
    """Return a hash of every file that a result could depend on."""
    digest = hashlib.sha256()
    for path in _sources(home):
        digest.update(f"{path.relative_to(home)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _sources(home: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(home):
        folders[:] = sorted(name for name in folders if name not in _NO_SOURCES)
        for name in sorted(files):
            path = Path(folder) / name
            if path.is_file() and path != home / RESULT_FILE:
                yield path
