"""What an aspect of `dev check` yields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from grader.authoring.scope import Scope
from grader.stages import Progress


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is not as it should be, and what to do about it."""

    file: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.problem}: {self.remedy}"

    def to_json(self) -> dict[str, str]:
        """Return the finding as `--json` prints it."""
        return {"file": self.file, "problem": self.problem, "remedy": self.remedy}


@dataclass(frozen=True)
class Settings:
    """How thoroughly to look."""

    progress: Progress
    jobs: int = 1
    repeat: int = 1  # how often each submission is run; it is compiled once
    submissions: frozenset[str] = frozenset()  # of which kinds; none named: all


Aspect = Callable[[Scope, Settings], Iterable[Finding]]
