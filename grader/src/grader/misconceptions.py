"""The catalogue of misconceptions: `docs/misconceptions.md`, as data.

A lesson's facts name an idea by its key: in a wrong submission that stands for
it, and in a check whose failure suggests it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GraderError
from grader.paths import Tree

_ROW = re.compile(r"^\| `(?P<key>[a-z0-9-]+)` \| \"(?P<belief>.+)\" \| (?P<truth>.+?) \|$", re.MULTILINE)
_SOURCE = re.compile(r" \[\d+\]$")


@dataclass(frozen=True)
class Misconception:
    """An idea that wrong code suggests, and what is so instead."""

    key: str
    belief: str
    truth: str

    def suggestion(self) -> str:
        """Return it in one line, for somebody who may have had the idea."""
        return f'Perhaps you thought: "{self.belief}". {self.truth}.'


def path(tree: Tree) -> Path:
    """Return where the catalogue is; it belongs to the workbook, not to a course."""
    return tree.home / "docs" / "misconceptions.md"


def load(tree: Tree) -> Mapping[str, Misconception]:
    """Read the catalogue: each idea by its key."""
    try:
        markdown = path(tree).read_text(encoding="utf-8")
    except OSError as error:
        raise GraderError(
            f"{tree.shown(path(tree))} can't be read: {error.strerror}.", "Is this a whole clone?"
        ) from error
    found = (
        Misconception(row["key"], row["belief"], _SOURCE.sub("", row["truth"]).rstrip("."))
        for row in _ROW.finditer(markdown)
    )
    return {misconception.key: misconception for misconception in found}
