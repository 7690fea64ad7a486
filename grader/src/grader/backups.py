"""Versions of a learner's file that a reset replaced: `.workbook/backups/`.

A backup is never overwritten and never removed by the workbook.
"""

from __future__ import annotations

from pathlib import Path

from grader.files import write_beside
from grader.paths import Tree


class Backups:
    """The backups of one exercise, named by their time, so that names sort."""

    def __init__(self, tree: Tree, key: str) -> None:
        self._folder = tree.private / "backups" / key

    def all(self) -> list[Path]:
        """Return the backups, oldest first."""
        return sorted(self._folder.glob("*.c"), key=_age)

    def keep(self, code: bytes, time: str) -> Path:
        """Back this code up, unless the youngest backup holds it already."""
        for backup in self.all()[-1:]:
            if backup.read_bytes() == code:
                return backup
        return write_beside(self._folder / f"{time}.c", code)

    def latest_other_than(self, code: bytes | None) -> Path | None:
        """Return the youngest backup that differs from this code."""
        for backup in reversed(self.all()):
            if backup.read_bytes() != code:
                return backup
        return None


def _age(backup: Path) -> tuple[str, int]:
    """Order `T.c`, `T-2.c`, ... `T-10.c` as they were made."""
    time, _, number = backup.stem.partition("-")
    return time, int(number) if number.isdigit() else 1
