"""A mistake as the rules see it: the complaint, and the learner's lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from grader.diagnostics import Diagnostic, clean
from grader.failures import Failure
from grader.source import Source


@dataclass(frozen=True)
class Advice:
    """The kind of failure, and what to say about it."""

    code: Failure
    sentences: tuple[str, ...] = ()


def say(code: Failure, *sentences: str) -> Advice:
    """Return an advice."""
    return Advice(code, sentences)


@dataclass(frozen=True)
class Case:
    """What is known of one mistake."""

    diagnostic: Diagnostic
    line: int  # of the learner's file, or 0
    source: Source

    @cached_property
    def text(self) -> str:
        """Return the complaint without options and typedefs."""
        return clean(self.diagnostic.text)

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what the compiler added."""
        return self.diagnostic.notes

    @property
    def lines(self) -> list[str]:
        """Return the learner's lines."""
        return self.source.lines

    @property
    def code(self) -> str:
        """Return the learner's line; "" if the complaint is about another file."""
        return self.lines[self.line - 1] if 0 < self.line <= len(self.lines) else ""

    def above(self) -> list[str]:
        """Return the lines above that hold something, the nearest first."""
        return [text.strip() for text in reversed(self.lines[: max(self.line - 1, 0)]) if text.strip()]

    def includes(self, header: str) -> bool:
        """Tell whether the file includes this header itself."""
        pattern = re.compile(rf'^\s*#\s*include\s*[<"]{re.escape(header)}[>"]')
        return any(pattern.match(line) for line in self.lines)
