"""Take a compiler's words apart: one complaint, its place, the notes that follow it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_DIAGNOSTIC = re.compile(
    r"^(?P<file>[^\s:][^:]*):(?P<line>\d+):\d+: "
    r"(?P<level>fatal error|error|warning|note): (?P<text>.*)$"
)
_INCLUDED = re.compile(r"^(?:In file included from|\s+from) (?P<file>[^:]+):(?P<line>\d+)[:,]")


@dataclass(frozen=True)
class Diagnostic:
    """One complaint of the compiler's, with the notes that follow it."""

    file: str
    line: int
    level: str
    text: str
    notes: tuple[str, ...] = ()
    included_at: int = 0  # the learner's #include line that led there, or 0


def parse(words: str, shown: str) -> list[Diagnostic]:
    """Return the compiler's complaints in order."""
    found: list[Diagnostic] = []
    included_at = 0
    for line in words.splitlines():
        include = _INCLUDED.match(line)
        if include:
            included_at = int(include["line"]) if include["file"] == shown else included_at
            continue
        match = _DIAGNOSTIC.match(line)
        if not match:
            continue
        if match["level"] != "note":
            where = match["file"], int(match["line"])
            found.append(Diagnostic(*where, match["level"], match["text"], (), included_at))
            included_at = 0
        elif found:
            note = f"{match['file']}:{match['line']}: {match['text']}"
            found[-1] = replace(found[-1], notes=(*found[-1].notes, note))
    return found


def clean(text: str) -> str:
    """Drop the name of the option and the list of typedefs behind a type."""
    text = re.sub(r"\s*\[-W[^\]]*\]$", "", text)
    text = re.sub(r"\s*\(first use in this function\)", "", text)
    return re.sub(r" \(aka '[^']*'\)| \{aka '[^']*'\}", "", text)
