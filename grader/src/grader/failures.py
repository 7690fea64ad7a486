"""The catalogue of failures: a stable code for each kind, and its page.

Whoever finds that something is wrong names the kind by one of these codes;
`./workbook explain CODE` shows the page, `docs/failures/CODE.md`. A code never
changes its meaning and is never given out again. `dev check` (aspect
`failures`) proves that codes and pages fit together, and that the example on
each page fails with the page's own code.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from grader.errors import GraderError, UsageError
from grader.paths import Tree


class Failure(StrEnum):
    """What can be wrong. The first digit is where it is seen."""

    # 1: the compiler
    NO_C = "W101"
    UNKNOWN_NAME = "W102"
    PUNCTUATION = "W103"
    WRONG_TYPE = "W104"
    VALUE_MIXED_UP = "W105"
    NO_TASK = "W106"
    NO_ARGUMENT = "W107"
    WRONG_COUNT = "W108"
    OTHER_CONTRACT = "W109"
    NO_RETURN = "W110"
    NO_SOURCE = "W111"
    SLOW_COMPILATION = "W112"
    NOT_WRITTEN = "W113"
    NAME_TAKEN = "W114"
    # 2: a test
    WRONG_RESULT = "W201"
    CRASH = "W202"
    EARLY_EXIT = "W203"
    ENDLESS = "W204"
    LEFT_PROCESS = "W205"
    FLOOD = "W206"
    NOTHING_CHECKED = "W207"
    # 3: who is at work at the same time
    ONE_AFTER_ANOTHER = "W301"
    BUSY_WAITING = "W302"
    TOO_MANY_AT_ONCE = "W303"
    NOT_AS_READY = "W304"
    NOT_NEEDED = "W305"
    LIMIT_EXCEEDED = "W306"
    DONE_TWICE = "W307"
    # 4: the order of threads
    RACE = "W401"
    DEADLOCK = "W402"
    LOST_WAKEUP = "W403"
    UNLUCKY_ORDER = "W404"
    NO_PROGRESS = "W405"
    THREAD_LEAK = "W406"
    LOCK_MISUSE = "W407"
    NONZERO_EXIT = "W408"
    LIMIT = "W409"
    UNENDED_WAIT = "W410"
    # 5: memory
    USE_AFTER_FREE = "W501"
    DOUBLE_FREE = "W502"
    OUT_OF_BOUNDS = "W503"
    LEAK = "W504"
    GONE_LOCAL = "W505"
    NULL_POINTER = "W506"
    BAD_FREE = "W507"
    FULL_STACK = "W508"
    UNDEFINED = "W509"
    BAD_MEMORY = "W510"
    # 6: cfutures, used wrongly
    WRONG_KIND = "W601"
    UNSEEN_ERROR = "W602"
    WAITS_FOR_ITSELF = "W603"
    NULL_TO_CFUTURES = "W604"
    CLOSED_POOL = "W605"
    OPEN_POOL = "W606"
    # 9: the grader
    OUR_FAULT = "W901"


GROUPS = {  # by the first digit of their codes
    "1": "It does not compile",
    "2": "A test does not pass",
    "3": "Who is at work at the same time",
    "4": "The order of threads",
    "5": "Memory",
    "6": "cfutures, used wrongly",
    "9": "The grader",
}

_OF_BUG = {
    "race": Failure.RACE,
    "deadlock": Failure.DEADLOCK,
    "lost_wakeup": Failure.LOST_WAKEUP,
    "unended_wait": Failure.UNENDED_WAIT,
    "assertion": Failure.UNLUCKY_ORDER,
    "nonzero_exit": Failure.NONZERO_EXIT,
    "crash": Failure.CRASH,
    "use_after_free": Failure.USE_AFTER_FREE,
    "double_free": Failure.DOUBLE_FREE,
    "out_of_bounds": Failure.OUT_OF_BOUNDS,
    "leak": Failure.LEAK,
    "thread_leak": Failure.THREAD_LEAK,
    "misuse": Failure.LOCK_MISUSE,
    "no_progress": Failure.NO_PROGRESS,
    "limit": Failure.LIMIT,
}


def of_bug(kind: str) -> Failure:
    """Return the code of a kind of bug, as the explorer calls it."""
    return _OF_BUG[kind]


@dataclass(frozen=True)
class Page:
    """What is to be said about one kind of failure."""

    code: str
    title: str
    markdown: str


def folder(tree: Tree) -> Path:
    """Return where the pages are: they belong to the workbook, not to a course."""
    return tree.home / "docs" / "failures"


def page(tree: Tree, code: str) -> Page:
    """Read the page of a code."""
    path = folder(tree) / f"{code}.md"
    try:
        markdown = path.read_text(encoding="utf-8")
    except OSError as error:
        raise GraderError(
            f"The page {tree.shown(path)} can't be read: {error.strerror}.", "Is this a whole clone?"
        ) from error
    heading = markdown.partition("\n")[0]
    return Page(code, heading.removeprefix(f"# {code}: "), markdown)


def pages(tree: Tree) -> Iterator[Page]:
    """Yield all pages, in the order of the codes."""
    for failure in Failure:
        yield page(tree, failure.value)


def find(asked: str) -> Failure:
    """Return what somebody asks for, by code or by name, however it is written."""
    wanted = asked.strip().upper().replace("-", "_").replace(" ", "_")
    wanted = f"W{wanted}" if wanted[:1].isdigit() else wanted
    names = {failure.value: failure for failure in Failure} | {failure.name: failure for failure in Failure}
    names |= {kind.upper(): failure for kind, failure in _OF_BUG.items()}
    if wanted in names:
        return names[wanted]
    near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.5)
    hint = f"Did you mean {names[near[0]].value}? " if near else ""
    raise UsageError(f"There is no failure '{asked}'.", f"{hint}`./workbook explain` lists all.")
