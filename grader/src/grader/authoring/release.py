"""What belongs in a release for students: grader/release/students.toml, applied.

The rules name files; here they meet the files that git tracks. What is
released is the same, byte for byte, as in the repository.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from grader.authoring.tracked import Tracked, tracked_files
from grader.facts import Table
from grader.paths import Tree

_KEYS = {"in", "out", "instead"}


@dataclass(frozen=True, order=True)
class Rule:
    """A file, a folder or a pattern, and whether what it fits is released."""

    pattern: str
    is_in: bool

    def fits(self, path: str) -> bool:
        """Tell whether a file is meant."""
        return path == self.pattern or path.startswith(f"{self.pattern}/") or fnmatchcase(path, self.pattern)


@dataclass(frozen=True)
class Rules:
    """Everything that students.toml says."""

    rules: tuple[Rule, ...]
    instead: dict[str, str]  # path in the release -> path of ours

    def rule_of(self, path: str) -> Rule | None:
        """Return the rule that decides about a file: the longest that fits."""
        fitting = sorted((len(rule.pattern), rule) for rule in self.rules if rule.fits(path))
        return fitting[-1][1] if fitting else None

    def released(self, files: Iterable[Tracked]) -> Iterator[Released]:
        """Yield what is in, in order of its path in the release."""
        by_path = {file.path: file for file in files}
        sources = {path: path for path in by_path if (rule := self.rule_of(path)) and rule.is_in}
        sources |= {path: ours for path, ours in self.instead.items() if ours in by_path}
        for path, ours in sorted(sources.items()):
            yield Released(path, ours, by_path[ours].is_executable)


@dataclass(frozen=True)
class Released:
    """One file of a release."""

    path: str
    ours: str  # which file of the repository it is
    is_executable: bool


def rules_file(tree: Tree) -> Path:
    """Return where the rules are."""
    return tree.root / "grader" / "release" / "students.toml"


def load_rules(tree: Tree) -> Rules:
    """Read the rules."""
    facts = Table.of_file(rules_file(tree), "the release")
    facts.only(_KEYS)
    rules = [Rule(pattern, is_in=True) for pattern in facts.texts("in")]
    rules += [Rule(pattern, is_in=False) for pattern in facts.texts("out")]
    return Rules(tuple(rules), facts.names("instead"))


def released_files(tree: Tree) -> tuple[Released, ...]:
    """Return the files of a release made now."""
    return tuple(load_rules(tree).released(tracked_files(tree.root)))
