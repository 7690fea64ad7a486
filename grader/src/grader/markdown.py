"""Show a lesson's Markdown in a terminal: just what the lessons use."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from grader.tables import lay_out
from grader.terminal import Look

_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_FENCE = re.compile(r"\s*(```+|~~~+)")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_ITEM = re.compile(r"(\s*)([-*+]|\d+[.)])\s+")
_QUOTE = re.compile(r"\s*> ?")
_TABLE_LINE = re.compile(r"\s*\|")
_STANDS_ALONE = re.compile(r"\s*(<|---+\s*$|\*\*\*+\s*$)")  # tags, rules
_TAG = re.compile(r"</?(details|summary|br|p|sub|sup|kbd)\b[^>]*>")
_CODE = r"(?P<ticks>`+)(?P<code>.+?)(?P=ticks)"
_LINK = re.compile(rf"{_CODE}|!?\[(?P<label>[^\]]*)\]\((?P<target>[^)\s]+)[^)]*\)", re.DOTALL)
_MARKED = re.compile(rf"{_CODE}|\*\*(?P<bold>.+?)\*\*", re.DOTALL)


def to_terminal(markdown: str, look: Look) -> str:
    """Return the text as a terminal shows it."""
    shown: list[str] = []
    for block in _blocks(_without_comments(markdown)):
        lines = _shown(block, look)
        while lines and not lines[0] and (not shown or not shown[-1]):
            del lines[0]  # one empty line between blocks is enough
        shown += lines
    return "\n".join(shown).rstrip("\n")


def _without_comments(markdown: str) -> str:
    """Drop the comments, which mark things for tools, but none inside of code."""
    parts = re.split(r"(^```.*?^```|^~~~.*?^~~~)", markdown, flags=re.DOTALL | re.MULTILINE)
    return "".join(p if i % 2 else _COMMENT.sub("", p) for i, p in enumerate(parts))


def _blocks(markdown: str) -> Iterator[list[str]]:
    """Split into blocks of lines that belong together: code, an item, a paragraph."""
    block: list[str] = []
    fence = ""
    for line in markdown.splitlines():
        mark = _FENCE.match(line)
        if fence:
            block.append(line)
            if mark and line.strip().startswith(fence):
                yield block
                block, fence = [], ""
            continue
        starts = mark or _HEADING.match(line) or _ITEM.match(line) or _STANDS_ALONE.match(line)
        is_other_kind = block and bool(_TABLE_LINE.match(line)) != bool(_TABLE_LINE.match(block[0]))
        if block and (starts or not line.strip() or is_other_kind or _is_whole(block)):
            yield block
            block = []
        block.append(line)
        fence = mark.group(1) if mark else ""
    if block:
        yield block


def _is_whole(block: list[str]) -> bool:
    """Tell whether a block is one that no later line continues."""
    return not block[0].strip() or bool(_HEADING.match(block[0]) or _STANDS_ALONE.match(block[0]))


def _shown(block: list[str], look: Look) -> list[str]:
    first = block[0]
    if fence := _FENCE.match(first):
        is_closed = len(block) > 1 and block[-1].strip().startswith(fence.group(1))
        code = block[1:-1] if is_closed else block[1:]
        return ["", *(f"    {look.code(line)}".rstrip() for line in code), ""]
    if heading := _HEADING.match(first):
        return ["", *_heading(len(heading.group(1)), heading.group(2), look), ""]
    if _TABLE_LINE.match(first):
        return _table(block, look)
    if _STANDS_ALONE.match(first):
        return [_marked(_linked(_TAG.sub("", first)), look)]
    if item := _ITEM.match(first):
        bullet = look.symbol("\u2022", "-") if item.group(2) in "-*+" else item.group(2)
        lead = f"{item.group(1)}{bullet} "
        return _wrapped([first[item.end() :], *block[1:]], lead, " " * len(lead), look)
    if _QUOTE.match(first):
        bar = look.symbol("\u2502", "|") + " "
        return _wrapped([_QUOTE.sub("", line, count=1) for line in block], bar, bar, look)
    return _wrapped(block, "", "", look)


def _heading(level: int, title: str, look: Look) -> list[str]:
    line = look.bold(_marked(_linked(title), Look()))
    if level > 2 or look.color:
        return [line]
    return [line, ("=" if level == 1 else "-") * len(line)]


def _table(lines: list[str], look: Look) -> list[str]:
    """Align the columns."""
    rows = [[_linked(cell.strip()) for cell in _cells(line)] for line in lines]
    return lay_out(rows, look.columns, lambda cell: _marked(cell, look))


def _cells(line: str) -> list[str]:
    return re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))


def _wrapped(lines: list[str], lead: str, indent: str, look: Look) -> list[str]:
    """Fill the lines anew."""
    filled = textwrap.wrap(
        _linked(_TAG.sub("", " ".join(line.strip() for line in lines))),
        look.text_width,
        initial_indent=lead,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return _marked("\n".join(filled), look).split("\n")


def _linked(text: str) -> str:
    """Write links out: their words, and where they lead if the words don't say it."""

    def write_out(match: re.Match[str]) -> str:
        if match["code"] is not None:
            return match[0]
        label, target = match["label"], match["target"]
        says_it = label.strip("`") in target or target.startswith("#")
        return label if says_it else f"{label} ({target})"

    return _LINK.sub(write_out, text)


def _marked(text: str, look: Look) -> str:
    """Dress code and bold words, line by line: a colour does not outlive its line."""

    def dress(match: re.Match[str]) -> str:
        if match["code"] is not None:
            code = match["code"] if look.color else match[0]
            return "\n".join(look.code(part) for part in code.split("\n"))
        return "\n".join(look.bold(part) for part in _marked(match["bold"], Look()).split("\n"))

    return _MARKED.sub(dress, text)
