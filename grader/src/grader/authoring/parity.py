"""Aspect `parity`: docs/parity.md names tests that exist.

Each row of its tables holds a behaviour of Python's concurrent.futures and what
pins it down here: tests by name in `code` (a CUnit test, or the file of an
explored or compiled case), or "planned" or "not here" with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from grader.authoring.c_text import read_text
from grader.authoring.finding import Finding, Settings
from grader.authoring.scope import Scope
from grader.paths import Tree

_ROW = re.compile(r"^\| (?P<says>.+) \| (?P<pinned>[^|]*) \|$", re.MULTILINE)
_HEADS = {"behaviour", "---"}
_NAME = re.compile(r"`([^`]+)`")
_EXCUSE = re.compile(r"^(planned|not here)\b:?\s*(.*)")
_LEAST_WORDS = {"planned": 1, "not here": 2}  # behind it
_TEST = re.compile(r"\bTEST\((\w+)\)")
_SHOWN = 50


@dataclass(frozen=True)
class Row:
    """A behaviour, and the words that say what pins it down."""

    says: str
    pinned: str

    @property
    def is_excused(self) -> bool:
        """Whether it says why there is no test."""
        match = _EXCUSE.match(self.pinned)
        return match is not None and len(match[2].split()) >= _LEAST_WORDS[match[1]]

    @property
    def tests(self) -> tuple[str, ...]:
        """Return the tests that are named. A reason may name other things."""
        return () if _EXCUSE.match(self.pinned) else tuple(_NAME.findall(self.pinned))


def check_parity(scope: Scope, settings: Settings) -> Iterator[Finding]:
    """Look for each named test. A course of somebody else has no such table."""
    tree = scope.tree
    if not scope.is_whole or tree.root != tree.home:
        return
    file = tree.home / "docs" / "parity.md"
    rows = read_rows(read_text(file))
    if not rows:
        yield Finding(tree.shown(file), "it has no rows", "its form is in grader/authoring/parity.py")
    present = tests_of(tree)
    for row in rows:
        yield from (Finding(tree.shown(file), *words) for words in _problems(row, present))


def read_rows(text: str) -> list[Row]:
    """Return the rows of all tables."""
    rows = (Row(match["says"].strip(), match["pinned"].strip()) for match in _ROW.finditer(text))
    return [row for row in rows if row.says not in _HEADS]


def tests_of(tree: Tree) -> Counter[str]:
    """Return what a row may name, and how often each is there.

    A CUnit test goes by its name and by `subject/name`; a case by its file.
    """
    present: Counter[str] = Counter()
    for source in (tree.library / "tests").glob("test_*.c"):
        for name in _TEST.findall(read_text(source)):
            present.update([name, f"{source.stem.removeprefix('test_')}/{name}"])
    for folder in (tree.home / "explorer" / "tests" / "cfutures", tree.library / "tests" / "compile"):
        present.update(path.name for path in folder.glob("*.c"))
    return present


def _problems(row: Row, present: Counter[str]) -> Iterator[tuple[str, str]]:
    shown = row.says if len(row.says) <= _SHOWN else f"{row.says[:_SHOWN]}..."
    if not row.tests and not row.is_excused:
        yield f"'{shown}' has no test and no reason", "name a test, or say what is planned, or why not here"
    for test in row.tests:
        if present[test] == 0:
            yield f"'{shown}' names {test}, which is no test", "write it, or correct the name"
        if present[test] > 1:
            yield f"'{shown}' names {test}, of which there are {present[test]}", "write subject/name"
