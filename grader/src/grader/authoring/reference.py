"""docs/api.md: the reference of cfutures, made from its header's comments.

`./workbook dev reference` writes it; aspect `reference` of `dev check` sees that
it is in step. So there is one text, the header's, and no other to keep true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from grader.authoring.c_text import read_text
from grader.authoring.finding import Finding, Settings
from grader.authoring.header_text import Chapter, Entry, read_chapters
from grader.authoring.scope import Scope
from grader.paths import Tree

_HEAD = """<!-- Made from cfutures/include/cfutures.h by `./workbook dev reference`. Change it there. -->

# cfutures: reference
"""
_LISTED = "The chapters:"  # the header's own list; the page has one with links
_CODE = re.compile(r"[;{}]( *//.*)?$", re.MULTILINE)
# Names of the library (with what stands in the parentheses behind them), options, and other names of C.
_NAME = re.compile(r"(?<![\w.`])(?:cf_\w+(?:\([^()]*\))?|CF_\w+|\.[a-z]\w+(?: = \w+)?|#include <\w+\.h>)")
_MARKED = re.compile(r"(`[^`]*`)")
_SIGN = re.compile(r"(?<!\w)\*\w[\w ]*\*(?!\w)|[*<]")  # *emphasis* stays


def reference_of(header: str) -> str:
    """Return the page for a header."""
    chapters = read_chapters(header)
    parts = [_HEAD]
    for chapter in chapters:
        if chapter.number:
            parts.append(f"## {_title(chapter)}\n")
        parts += (_entry(entry) for entry in chapter.entries)
        if not chapter.number:
            parts.append(_index(chapters[1:]))
    return "\n".join(part for part in parts if part)


def reference_file(tree: Tree) -> Path:
    """Return where the page lies."""
    return tree.home / "docs" / "api.md"


def write_reference(tree: Tree) -> bool:
    """Write the page. Return whether it has changed."""
    page, file = _page(tree), reference_file(tree)
    if read_text(file) == page:
        return False
    file.write_text(page, encoding="utf-8")
    return True


def check_reference(scope: Scope, settings: Settings) -> Iterator[Finding]:
    """Compare the page with the header. A course of somebody else has neither."""
    tree = scope.tree
    if scope.is_whole and tree.root == tree.home and read_text(reference_file(tree)) != _page(tree):
        file = tree.shown(reference_file(tree))
        yield Finding(file, "it is not what the header says", "run `./workbook dev reference`")


def _page(tree: Tree) -> str:
    return reference_of(read_text(tree.library / "include" / "cfutures.h"))


# ----- Markdown -----


def _title(chapter: Chapter) -> str:
    return f"{chapter.number}. {chapter.name}"


def _heading(entry: Entry) -> str:
    return ", ".join(entry.names)


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _index(chapters: list[Chapter]) -> str:
    """Return a list of all chapters, and of what is declared in each."""
    lines = []
    for chapter in chapters:
        lines.append(f"- [{_title(chapter)}](#{_anchor(_title(chapter))})")
        for entry in chapter.entries:
            if entry.names:
                links = (f"[`{name}`](#{_anchor(_heading(entry))})" for name in entry.names)
                lines.append(f"  {' '.join(links)}")
    return "\n".join([*lines, ""])


def _entry(entry: Entry) -> str:
    parts = [f"### {_heading(entry)}\n"] if entry.names else []
    if entry.code:
        parts.append("\n".join(["```c", *entry.code, "```", ""]))
    parts += _paragraphs(entry.comment)
    return "\n".join(parts)


def _paragraphs(comment: list[str]) -> Iterator[str]:
    """Yield paragraphs; what is indented stays as it is."""
    for indented, lines in _runs(comment):
        if indented:
            language = "c" if _CODE.search("\n".join(lines)) else "text"
            depth = min(len(line) - len(line.lstrip()) for line in lines if line)
            yield "\n".join([f"```{language}", *(line[depth:] for line in lines), "```", ""])
        elif not lines[0].startswith(_LISTED):
            yield _prose("\n".join(lines)) + "\n"


def _runs(comment: list[str]) -> Iterator[tuple[bool, list[str]]]:
    """Split at empty lines, and where indentation begins or ends."""
    run: list[str] = []
    for line in [*comment, ""]:
        belongs = bool(run) and bool(line) and line.startswith("  ") == run[0].startswith("  ")
        gap_in_code = bool(run) and not line and run[0].startswith("  ")
        if belongs or gap_in_code:
            run.append(line)
            continue
        if run:
            yield run[0].startswith("  "), _without_last_gap(run)
        run = [line] if line else []
    if run:
        yield run[0].startswith("  "), _without_last_gap(run)


def _without_last_gap(lines: list[str]) -> list[str]:
    while lines and not lines[-1]:
        lines = lines[:-1]
    return lines


def _prose(text: str) -> str:
    """Mark names as code, and take their meaning from signs that Markdown would act on."""
    pieces = _MARKED.split(text)
    pieces[::2] = [_NAME.sub(lambda name: f"`{name[0]}`", piece) for piece in pieces[::2]]
    pieces = _MARKED.split("".join(pieces))
    pieces[::2] = [_SIGN.sub(_harmless, piece) for piece in pieces[::2]]
    return "".join(pieces)


def _harmless(sign: re.Match[str]) -> str:
    return sign[0] if len(sign[0]) > 1 else f"\\{sign[0]}"
