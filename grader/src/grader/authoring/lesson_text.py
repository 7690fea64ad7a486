"""Read a lesson's Markdown: its blocks of code with their markers, its words, its links.

A marker is an HTML comment directly above a fenced block, so that readers on
the web don't see it; docs/authoring.md lists the forms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Blocks in these languages are commands to type or code of other worlds.
_FREE_LANGUAGES = {"sh", "python", "toml", "cmake", "html", "mermaid"}
_FENCE = re.compile(r"^(?P<indent> *)(?P<fence>```+|~~~+) *(?P<language>[\w+-]*)")
_COMMENT_LINE = re.compile(r"^\s*<!--\s*(.*?)\s*-->\s*$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_WORD = re.compile(r"\w[\w'’.-]*")


@dataclass(frozen=True)
class Block:
    """One fenced block."""

    line: int  # of the fence
    language: str
    text: str
    marker: str  # what the comment above it says, or ''

    @property
    def needs_marker(self) -> bool:
        """Whether the block claims something that can be checked."""
        return self.language not in _FREE_LANGUAGES


@dataclass(frozen=True)
class LessonText:
    """A Markdown file, taken apart."""

    blocks: tuple[Block, ...]
    prose: str  # without fenced blocks and comments

    @property
    def words(self) -> int:
        """Return how many words there are to read."""
        return len(_WORD.findall(self.prose))


def parse(markdown: str) -> LessonText:
    """Take a Markdown text apart."""
    blocks: list[Block] = []
    prose: list[str] = []
    lines = markdown.splitlines()
    at = 0
    while at < len(lines):
        opening = _FENCE.match(lines[at])
        if not opening:
            prose.append(lines[at])
            at += 1
            continue
        end = _end_of_block(lines, at, opening["fence"])
        blocks.append(_block(lines, at, end, opening))
        at = end + 1
    return LessonText(tuple(blocks), _COMMENT.sub("", "\n".join(prose)))


def _end_of_block(lines: list[str], start: int, fence: str) -> int:
    """Return the line that closes a block; the last one when none does."""
    for at in range(start + 1, len(lines)):
        if lines[at].strip() == fence:
            return at
    return len(lines)


def _block(lines: list[str], start: int, end: int, opening: re.Match[str]) -> Block:
    above = _COMMENT_LINE.match(lines[start - 1]) if start else None
    content = [line.removeprefix(opening["indent"]) for line in lines[start + 1 : end]]
    return Block(
        line=start + 1,
        language=opening["language"],
        text="".join(f"{line}\n" for line in content),
        marker=above[1] if above else "",
    )
