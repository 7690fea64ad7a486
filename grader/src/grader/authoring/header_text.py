"""Read a C header that is written as a manual: chapters, comments, declarations.

The form is that of cfutures.h. A chapter begins with its number and name
between two lines of dashes. Text stands in `//` comments; a comment directly
above declarations belongs to them, and an empty line ends what belongs together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_RULE = re.compile(r"^// -{10,}$")
_CHAPTER = re.compile(r"^// (\d+)\. (.+)$")
_HIDDEN = re.compile(r"^\s*(#(include|ifndef|ifdef|if|else|endif|error|pragma)\b|// clang-format)")
_OWN_MACRO = re.compile(r"#define [A-Z]")  # CFUTURES_H and helpers: no part of the manual
_MACRO = re.compile(r"#define (\w+\([^)]*\))")
_TRAILING = re.compile(r"\s+(//.*)$")
_NAMES = (
    re.compile(r"\(\*(cf_\w+)\)"),  # a type of pointers to functions
    re.compile(r"^(?:typedef )?(?:struct|enum) (cf_\w+) \{", re.MULTILINE),
    re.compile(r"^typedef struct \w+ (cf_\w+);", re.MULTILINE),
    re.compile(r"\b(cf_\w+)\("),
)


@dataclass
class Entry:
    """Declarations with the comment above them; without declarations, only text."""

    comment: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        """Return what is declared, in order, each name once."""
        found: dict[str, None] = {}
        for declaration in _declarations(self.code):
            hits = (match for pattern in _NAMES if (match := pattern.search(declaration)))
            first = next(hits, None)
            if first:
                found[first[1]] = None
        return tuple(found)


@dataclass
class Chapter:
    """A chapter; the one before the first has the number 0 and no name."""

    number: int
    name: str
    entries: list[Entry] = field(default_factory=list)


def read_chapters(header: str) -> list[Chapter]:
    """Return the chapters of a header."""
    chapters = [Chapter(0, "")]
    for block in _blocks(header):
        lines = block
        if len(lines) >= 3 and _RULE.match(lines[0]) and (title := _CHAPTER.match(lines[1])):
            chapters.append(Chapter(int(title[1]), title[2]))
            lines = lines[3:]
        entry = _entry(lines)
        if entry:
            chapters[-1].entries.append(entry)
    return chapters


def _blocks(header: str) -> Iterator[list[str]]:
    """Split at empty lines, but not inside of braces."""
    block: list[str] = []
    depth = 0
    for line in header.splitlines():
        if line.strip() or depth > 0:
            block.append(line)
            code = "" if line.startswith("//") else line
            depth += code.count("{") - code.count("}")
        elif block:
            yield block
            block = []
    if block:
        yield block


def _entry(lines: list[str]) -> Entry | None:
    """Return what a block says; nothing, if it is only about what is not shown."""
    at = next((i for i, line in enumerate(lines) if not line.startswith("//")), len(lines))
    comment = [line[2:].removeprefix(" ").rstrip() for line in lines[:at] if not _HIDDEN.match(line)]
    code = list(_shown(lines[at:]))
    is_only_text = at == len(lines) and any(comment)
    return Entry(comment, code) if code or is_only_text else None


def _shown(code: list[str]) -> Iterator[str]:
    """Yield what a reader has to see: of a macro how it is called, of the rest all."""
    lines = iter(code)
    for line in lines:
        if line.startswith("#define"):
            whole = line
            while whole.endswith("\\"):
                whole = whole[:-1] + next(lines)
            yield from _macro(whole)
        elif not _HIDDEN.match(line):
            yield line


def _macro(line: str) -> Iterator[str]:
    call = _MACRO.match(line)
    if call and not _OWN_MACRO.match(line):
        trailing = _TRAILING.search(line)
        yield f"#define {call[1]}{'  ' + trailing[1] if trailing else ''}"


def _declarations(code: list[str]) -> Iterator[str]:
    """Yield each declaration: up to a semicolon outside of braces, or a macro's line."""
    declaration = ""
    depth = 0
    for line in code:
        declaration += line.partition("//")[0].rstrip() + "\n"
        depth += line.count("{") - line.count("}")
        if line.startswith("#define") or (depth == 0 and declaration.rstrip().endswith(";")):
            yield declaration
            declaration = ""
