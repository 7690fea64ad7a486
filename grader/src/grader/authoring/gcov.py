"""Read what gcc's counters say: which lines and branches of which files were run.

A source file that was compiled more than once (for several ports, say) has
several counter files. What was run in any of them was run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.errors import GraderError
from grader.run import Limits, run

_LIMITS = Limits(seconds=120, output_bytes=256 * 1024 * 1024)


@dataclass
class Share:
    """How many of how many."""

    run: int = 0
    all: int = 0

    @property
    def percent(self) -> float:
        """Return the share; of nothing, all."""
        return 100.0 * self.run / self.all if self.all else 100.0

    def __add__(self, other: Share) -> Share:
        return Share(self.run + other.run, self.all + other.all)


@dataclass
class Line:
    """One line of a source file that the compiler made code of."""

    count: int = 0
    branches: list[int] = field(default_factory=list)  # how often each way was taken

    def add(self, facts: dict[str, Any]) -> None:
        """Add what another counter file says of the line."""
        self.count += facts["count"]
        for i, branch in enumerate(facts["branches"]):
            if i == len(self.branches):
                self.branches.append(0)
            self.branches[i] += branch["count"]


@dataclass
class File:
    """A source file."""

    name: str
    numbered: dict[int, Line] = field(default_factory=dict)

    @property
    def lines(self) -> Share:
        """Return how many lines were run."""
        return Share(sum(line.count > 0 for line in self.numbered.values()), len(self.numbered))

    @property
    def branches(self) -> Share:
        """Return how many ways out of a condition were taken."""
        taken = [count > 0 for line in self.numbered.values() for count in line.branches]
        return Share(sum(taken), len(taken))

    @property
    def missed(self) -> Iterator[tuple[int, str]]:
        """Yield each line that was not run whole, and what is missing."""
        for number, line in sorted(self.numbered.items()):
            if line.count == 0:
                yield number, "never run"
            elif 0 in line.branches:
                yield number, f"{line.branches.count(0)} of {len(line.branches)} branches never taken"


def read_counters(gcov: str, counters: Sequence[Path], sources: Path) -> list[File]:
    """Return the files below `sources` that the counter files tell of, by name."""
    options = ("--json-format", "--stdout", "--branch-probabilities")
    finished = run([gcov, *options, *map(str, counters)], _LIMITS, cwd=sources)
    if finished.status != 0 or finished.timed_out:
        raise GraderError(f"gcov can't read the counters: {finished.output[:500].strip()}")
    files: dict[str, File] = {}
    for text in finished.output.splitlines():
        if text.startswith("{"):
            _add(files, json.loads(text), sources)
    return sorted(files.values(), key=lambda file: file.name)


def _add(files: dict[str, File], report: dict[str, Any], sources: Path) -> None:
    folder = Path(report["current_working_directory"])
    for facts in report["files"]:
        path = (folder / facts["file"]).resolve()
        if not path.is_relative_to(sources.resolve()):
            continue
        name = path.relative_to(sources.resolve()).as_posix()
        file = files.setdefault(name, File(name))
        for line in facts["lines"]:
            file.numbered.setdefault(line["line_number"], Line()).add(line)
