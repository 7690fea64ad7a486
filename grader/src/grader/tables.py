"""Lay out a table for the terminal: aligned, and its widest columns wrapped where it has to be narrower."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence

Row = Sequence[str]
Dress = Callable[[str], str]  # puts the colours on

_RULE = re.compile(r":?-+:?")
_COLOR = re.compile(r"\x1b\[\d+m")
_INDENT, _GAP = "  ", "  "
_NARROWEST = 10  # columns; a table that needs less room than that is left too wide


def visible_width(text: str) -> int:
    """Return how many columns a text takes on the screen."""
    return len(_COLOR.sub("", text))


def lay_out(rows: Sequence[Row], width: int, dress: Dress) -> list[str]:
    """Return the lines of a table; cells of dashes are drawn as rules."""
    columns = max(map(len, rows))
    widths = _widths(rows, columns, width - len(_INDENT) - len(_GAP) * (columns - 1), dress)
    return [line for row in rows for line in _row(row, widths, dress)]


def _widths(rows: Sequence[Row], columns: int, room: int, dress: Dress) -> list[int]:
    """Return each column's width: what it needs, the widest ones less until all fit."""
    widths = [
        max(
            (visible_width(dress(r[column])) for r in rows if column < len(r) and not _RULE.fullmatch(r[column])),
            default=3,
        )
        for column in range(columns)
    ]
    while sum(widths) > room and max(widths) > _NARROWEST:
        widest = widths.index(max(widths))
        widths[widest] -= 1
    return widths


def _row(row: Row, widths: Sequence[int], dress: Dress) -> list[str]:
    """Return one row, over as many lines as its longest cell needs."""
    cells = [_wrapped(cell, width, dress) for cell, width in zip(row, widths, strict=False)]
    height = max(map(len, cells))
    return [_line([cell[at] if at < len(cell) else "" for cell in cells], widths) for at in range(height)]


def _wrapped(cell: str, width: int, dress: Dress) -> list[str]:
    """Break a cell between words, and dress its lines."""
    if _RULE.fullmatch(cell):
        return ["-" * width]
    if visible_width(dress(cell)) <= width:
        return [dress(cell)]
    return [dress(line) for line in textwrap.wrap(cell, width, break_on_hyphens=False)] or [""]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (width - visible_width(cell)) for cell, width in zip(cells, widths, strict=False))
    return f"{_INDENT}{_GAP.join(padded)}".rstrip()
