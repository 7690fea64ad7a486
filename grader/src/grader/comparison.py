"""Compare the learner's code with the solution, for reading side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from grader.terminal import Look

_CONTEXT = 3  # unchanged lines around a change
SIDE_BY_SIDE_FROM = 130  # columns: two files of up to 60 characters a line
_TITLE = re.compile(r"\ASolution of \S+\.\s*")
_OPENING_COMMENT = re.compile(r"\A\s*(?:/\*.*?\*/[ \t]*\n?|(?://[^\n]*(?:\n|\Z))+)", re.DOTALL)


def note_why(solution: str) -> str:
    """Return what a solution's opening comment says, besides whose solution it is."""
    return _TITLE.sub("", _opening_comment(solution))


def _opening_comment(code: str) -> str:
    found = _OPENING_COMMENT.match(code)
    if not found:
        return ""
    comment = found[0].strip().removeprefix("/*").removesuffix("*/")
    lines = [re.sub(r"^\s*(//+|\*+(?!/))? ?", "", line) for line in comment.split("\n")]
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _without_opening_comment(code: str) -> tuple[int, list[str]]:
    """Return the number of lines left out, and the lines after them."""
    found = _OPENING_COMMENT.match(code)
    lines = code.split("\n")
    skipped = found[0].count("\n") if found else 0
    while skipped < len(lines) and not lines[skipped].strip():
        skipped += 1
    return skipped, [line.expandtabs(4).rstrip() for line in "\n".join(lines[skipped:]).rstrip().split("\n")]


@dataclass(frozen=True)
class _Row:
    """A line of each side; None where a side has none. Numbers count from 1."""

    left: str | None
    right: str | None
    left_number: int
    right_number: int
    changed: bool


def compare(mine: str, ours: str, look: Look) -> str:
    """Return what differs, or "" if nothing does, opening comments aside."""
    groups = list(_groups(mine, ours))
    show = _side_by_side if look.columns >= SIDE_BY_SIDE_FROM else _one_below_the_other
    gap = look.dim(look.symbol("\u22ef", "..."))
    return f"\n{gap}\n".join("\n".join(show(group, look)) for group in groups)


def _groups(mine: str, ours: str) -> Iterator[list[_Row]]:
    """Yield the places that differ, each with some lines around it."""
    left_skipped, left = _without_opening_comment(mine)
    right_skipped, right = _without_opening_comment(ours)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for group in matcher.get_grouped_opcodes(_CONTEXT):
        rows: list[_Row] = []
        for tag, left_from, left_to, right_from, right_to in group:
            pairs = zip_longest(left[left_from:left_to], right[right_from:right_to])
            rows += [
                _Row(
                    mine_line,
                    ours_line,
                    left_skipped + left_from + offset + 1,
                    right_skipped + right_from + offset + 1,
                    tag != "equal",
                )
                for offset, (mine_line, ours_line) in enumerate(pairs)
            ]
        yield rows


def _one_below_the_other(rows: list[_Row], look: Look) -> Iterator[str]:
    """Yield a run of changes as all removed lines, then all added ones."""
    run: list[_Row] = []
    for row in rows:
        if row.changed:
            run.append(row)
            continue
        yield from _changes(run, look)
        run = []
        yield f"  {row.left_number:4}  {row.left}".rstrip()
    yield from _changes(run, look)


def _changes(run: list[_Row], look: Look) -> Iterator[str]:
    for row in run:
        if row.left is not None:
            yield look.red(f"- {row.left_number:4}  {row.left}".rstrip())
    for row in run:
        if row.right is not None:
            yield look.green(f"+ {row.right_number:4}  {row.right}".rstrip())


def _side_by_side(rows: list[_Row], look: Look) -> Iterator[str]:
    width = (look.columns - 3) // 2
    bar = look.symbol("\u2502", "|")
    for row in rows:
        left = _cell(row.left, row.left_number, "-" if row.changed else " ", width)
        right = _cell(row.right, row.right_number, "+" if row.changed else " ", width)
        if row.changed:
            left, right = look.red(left), look.green(right)
        yield f"{left} {bar} {right}".rstrip()


def _cell(line: str | None, number: int, sign: str, width: int) -> str:
    if line is None:
        return " " * width
    text = f"{sign} {number:4}  {line}"
    return text[: width - 1] + ">" if len(text) > width else text.ljust(width)
