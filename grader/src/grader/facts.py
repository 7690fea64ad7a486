"""Read a TOML file's tables with types checked; every complaint names file and key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.errors import GraderError


class Table:
    """One table of a TOML file, and where it is, for complaints."""

    def __init__(self, file: str, where: str, facts: Mapping[str, Any]) -> None:
        self._file = file
        self._where = where
        self._facts = facts

    @classmethod
    def of_file(cls, file: Path, where: str) -> Table:
        """Read a whole file."""
        try:
            return cls(file.name, where, tomllib.loads(file.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise GraderError(f"{file.name}: {error}.", "The lesson's facts can't be read.") from error

    def named(self, where: str) -> Table:
        """Return the same table under a better name for complaints."""
        return Table(self._file, where, self._facts)

    def only(self, known: set[str]) -> None:
        """Refuse a key that nobody reads: often a typing error."""
        unknown = sorted(set(self._facts) - known)
        if unknown:
            raise self.bad(f"unknown key '{unknown[0]}'")

    def has(self, key: str) -> bool:
        """Return whether an optional key is there."""
        return key in self._facts

    def text(self, key: str) -> str:
        """Return a text."""
        found: str = self._get(key, str)
        return found

    def whole(self, key: str, default: int | None = None) -> int:
        """Return a whole number that is not negative; with a default it may be missing."""
        if default is not None and not self.has(key):
            return default
        found: int = self._get(key, int)
        if found < 0:
            raise self.bad(f"'{key}' is negative")
        return found

    def seconds(self, key: str, default: float) -> float:
        """Return an optional number above 0."""
        return self.number(key) if self.has(key) else default

    def number(self, key: str) -> float:
        """Return a number above 0."""
        found = float(self._get(key, int, float))
        if not 0 < found < float("inf"):
            raise self.bad(f"'{key}' has to be a number above 0")
        return found

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return a list of texts; with a default it may be missing."""
        if default is not None and not self.has(key):
            return default
        found = self._get(key, list)
        if not all(isinstance(text, str) for text in found):
            raise self.bad(f"'{key}' has to be a list of texts")
        return tuple(found)

    def names(self, key: str) -> dict[str, str]:
        """Return a table that gives each of its keys a text."""
        found = self._get(key, dict)
        if not all(isinstance(text, str) for text in found.values()):
            raise self.bad(f"'{key}' has to be a table of texts")
        return dict(found)

    def tables(self, key: str, default: tuple[Table, ...] | None = None) -> tuple[Table, ...]:
        """Return the tables of an array of tables; with a default it may be missing."""
        if default is not None and not self.has(key):
            return default
        found = self._get(key, list)
        if not all(isinstance(table, dict) for table in found):
            raise self.bad(f"'{key}' has to be an array of tables: [[{key}]]")
        return tuple(Table(self._file, f"{self._where}, {key}", table) for table in found)

    def bad(self, complaint: str) -> GraderError:
        """Return the error that says what is wrong here."""
        return GraderError(f"{self._file}, {self._where}: {complaint}.", "See docs/lesson-facts.md.")

    def _get(self, key: str, *kinds: type) -> Any:
        if key not in self._facts:
            raise self.bad(f"'{key}' is missing")
        found = self._facts[key]
        # In Python True is an int; in a lesson's facts it is a slip.
        if not isinstance(found, kinds) or isinstance(found, bool):
            raise self.bad(f"'{key}' has to be of type {kinds[0].__name__}")
        return found
