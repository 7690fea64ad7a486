"""Turn a sanitizer's report into two or three plain sentences.

gcc's and clang's address, leak and undefined-behaviour sanitizers write the
same kinds of report. What matters to a learner is: what happened, at which
line of their own, and which line made or freed the memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ERROR = re.compile(r"ERROR: (?:Address|Leak)Sanitizer: (?P<rest>.+)")
_UNDEFINED = re.compile(
    r"^(?P<file>[^\s:][^:]*):(?P<line>\d+):\d+: runtime error: (?P<what>.+)$", re.MULTILINE
)
_FRAME = re.compile(r"^\s*#\d+ 0x[0-9a-f]+ in (?P<function>\S+) (?P<file>[^()]+?):(?P<line>\d+)(?::\d+)?\s*$")
_LEAK = re.compile(r"SUMMARY: \S+: (?P<bytes>\d+) byte\(s\) leaked in (?P<blocks>\d+) allocation")

# In the order in which they are looked for; the first that is found is meant.
_KINDS = (
    ("heap-use-after-free", "memory that was freed already is used again"),
    ("stack-use-after-return", "a local variable is used after its function has returned"),
    ("stack-use-after-scope", "a local variable is used after its block has ended"),
    ("heap-buffer-overflow", "memory beyond the bounds of an allocated block is used"),
    ("stack-buffer-overflow", "memory beyond the bounds of a local array or variable is used"),
    ("stack-buffer-underflow", "memory before the start of a local array is used"),
    ("dynamic-stack-buffer-overflow", "memory beyond the bounds of a local array is used"),
    ("global-buffer-overflow", "memory beyond the bounds of a global array or text is used"),
    ("double-free", "the same memory is freed twice"),
    ("bad-free", "something is freed that did not come from malloc"),
    ("free on address which was not malloc", "something is freed that did not come from malloc"),
    ("stack-overflow", "the stack is full: a function that calls itself without end, or a huge local array"),
    ("param-overlap", "source and destination of a copy overlap"),
    ("negative-size-param", "a size is negative"),
    ("allocation-size-too-big", "far too much memory is asked for"),
    ("SEGV", "an invalid address is used"),
)

# Parts of a report, by the words that open them, and what we say of them.
_PARTS = (
    ("freed by", "It was freed at {place}, in {function}."),
    ("allocated by", "It was allocated at {place}, in {function}."),
    ("is located in stack of", "The variable belongs to {function}, which begins at {place}."),
)


@dataclass(frozen=True)
class Words:
    """What a report means, and the line that it is about."""

    message: str
    place: str  # "file:line", or ""


@dataclass(frozen=True)
class _Frame:
    function: str
    place: str
    file: str


def explain_report(report: str, learner_file: str) -> Words | None:
    """Return the report in plain words, or None if it isn't one."""
    undefined = _UNDEFINED.search(report)
    error = _ERROR.search(report)
    if undefined and (not error or undefined.start() < error.start()):
        place = f"{undefined['file']}:{undefined['line']}"
        return Words(f"{place}: undefined behaviour: {undefined['what']}.", place)
    if not error:
        return None
    if "LeakSanitizer" in error[0] and "detected memory leaks" in error[0]:
        return _leak(report[error.start() :], learner_file)
    return _misuse(error["rest"], report[error.start() :], learner_file)


def _misuse(rest: str, report: str, learner_file: str) -> Words:
    parts = _split(report)
    frame = _own_frame(parts[0][1], learner_file)
    where = f"{frame.place}, in {frame.function}: " if frame else ""
    sentences = [f"{where}{_kind(rest, report)}."]
    for template, lines in parts[1:]:
        other = _own_frame(lines, learner_file)
        if other:
            sentences.append(template.format(place=other.place, function=other.function))
    return Words("\n".join(sentences[:3]), frame.place if frame else "")


def _leak(report: str, learner_file: str) -> Words:
    frame = _own_frame(report.splitlines(), learner_file)
    where = f"{frame.place}, in {frame.function}: " if frame else ""
    total = _LEAK.search(report)
    size = f"{total['bytes']} bytes" if total else "memory"
    blocks = f", in {total['blocks']} blocks" if total and total["blocks"] != "1" else ""
    return Words(f"{where}{size} allocated here{blocks} are never freed.", frame.place if frame else "")


def _kind(rest: str, report: str) -> str:
    if rest.startswith("SEGV") and "address points to the zero page" in report:
        return "a null pointer is used"
    for key, words in _KINDS:
        if key in rest:
            access = re.search(r"^(READ|WRITE) of size (\d+)", report, re.MULTILINE)
            way = {"READ": "read", "WRITE": "written"}[access[1]] if access else "used"
            return words.replace("is used", f"is {way}", 1)
    return rest.split(" on ")[0]


def _split(report: str) -> list[tuple[str, list[str]]]:
    """Cut a report into the access itself and the parts named in _PARTS."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    for line in report.splitlines():
        if line.startswith(("SUMMARY:", "Thread T")):
            break
        template = next((words for opening, words in _PARTS if opening in line), None)
        if template:
            parts.append((template, []))
        parts[-1][1].append(line)
    return parts


def _own_frame(lines: list[str], learner_file: str) -> _Frame | None:
    """Return the innermost frame in the learner's file, else in a test."""
    frames = [
        _Frame(found["function"], f"{_clean(found['file'])}:{found['line']}", _clean(found["file"]))
        for found in map(_FRAME.match, lines)
        if found
    ]
    own = [frame for frame in frames if frame.file == learner_file]
    tests = [frame for frame in frames if "/test_" in frame.file]
    return next(iter(own or tests), None)


def _clean(path: str) -> str:
    return path.removeprefix("./")
