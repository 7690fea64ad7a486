"""What the markers above a lesson's blocks promise."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from enum import StrEnum

FORMS = (
    "`code: FILE.c`, `code: FILE.c#REGION`, "
    "`output: FILE.c [any-order|one-of] [-- ARGUMENTS]` or `not run: REASON`"
)
_CODE = re.compile(r"code: (?P<file>[\w.-]+\.[ch])(#(?P<region>[a-z0-9_-]+))?")
_OUTPUT = re.compile(r"output: (?P<file>[\w.-]+\.c)( (?P<how>any-order|one-of))?( -- (?P<arguments>.+))?")
_NOT_RUN = re.compile(r"not run: (?P<reason>\S.*)")


class How(StrEnum):
    """How an output is compared with what the text shows."""

    EXACTLY = "exactly"
    ANY_ORDER = "any-order"  # the same lines
    ONE_OF = "one-of"  # each run prints one of several blocks


@dataclass(frozen=True)
class ShowsCode:
    """The block is this file, or a region of it."""

    file: str
    region: str


@dataclass(frozen=True)
class ShowsOutput:
    """The block is what this program prints."""

    file: str
    how: How
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class NotRun:
    """The block can't be checked, and says why."""

    reason: str


Marker = ShowsCode | ShowsOutput | NotRun


def read_marker(text: str) -> Marker | None:
    """Return what a marker promises; None if it is none."""
    if match := _CODE.fullmatch(text):
        return ShowsCode(match["file"], match["region"] or "")
    if match := _OUTPUT.fullmatch(text):
        how = How(match["how"] or How.EXACTLY)
        return ShowsOutput(match["file"], how, tuple(shlex.split(match["arguments"] or "")))
    if match := _NOT_RUN.fullmatch(text):
        return NotRun(match["reason"])
    return None
