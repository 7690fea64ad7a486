"""Aspect `links`: links to files of the tree lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from grader.authoring.c_text import read_text
from grader.authoring.finding import Finding, Settings
from grader.authoring.lesson_text import parse
from grader.authoring.scope import Scope

_LINK = re.compile(
    r"\]\(\s*<?(?P<target>[^)\s>]+)>?[^)]*\)|<(?:img|a)\b[^>]*?(?:src|href)=\"(?P<html>[^\"]+)\""
)
_ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)  # https:, mailto:
_HEADING = re.compile(r"^#+ +(.+?)\s*#*$", re.MULTILINE)
_INLINE_CODE = re.compile(r"`[^`\n]*`")


def check_links(scope: Scope, settings: Settings) -> Iterator[Finding]:
    """Follow the links of the lessons' texts, and of the whole tree's other texts."""
    texts = [scope.tree.lesson_text(lesson.key) for lesson in scope.lessons]
    if scope.is_whole:
        texts += [*sorted(scope.tree.root.glob("*.md")), *sorted((scope.tree.root / "docs").glob("*.md"))]
    for text in texts:
        for target in links_of(read_text(text)):
            if not _leads_somewhere(text, target):
                yield Finding(
                    scope.tree.shown(text), f"the link to {target} leads nowhere", "correct or remove it"
                )


def links_of(markdown: str) -> Iterator[str]:
    """Yield the links of a text that lead to files, or within it."""
    prose = _INLINE_CODE.sub("", parse(markdown).prose)
    for match in _LINK.finditer(prose):
        target = match["target"] or match["html"]
        if not _ELSEWHERE.match(target):
            yield target


def _leads_somewhere(text: Path, target: str) -> bool:
    name, _, anchor = unquote(target).partition("#")
    path = text.parent / name if name else text
    if not path.exists():
        return False
    return not anchor or path.suffix != ".md" or anchor in _anchors(read_text(path))


def _anchors(markdown: str) -> set[str]:
    """Return the names that GitHub gives to headings."""
    headings = (heading.lower() for heading in _HEADING.findall(markdown))
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in headings}
