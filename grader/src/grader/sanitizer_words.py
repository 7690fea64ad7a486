"""Turn a sanitizer's report into two or three plain sentences.

gcc's and clang's address, leak and undefined-behaviour sanitizers write the
same kinds of report. What matters to a learner is: what happened, at which
line of their own, and which line made or freed the memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.failures import Failure

_ERROR = re.compile(r"ERROR: (?:Address|Leak)Sanitizer: (?P<rest>.+)")
_UNDEFINED = re.compile(
    r"^(?P<file>[^\s:][^:]*):(?P<line>\d+):\d+: runtime error: (?P<what>.+)$", re.MULTILINE
)
_FRAME = re.compile(r"^\s*#\d+ 0x[0-9a-f]+ in (?P<function>\S+) (?P<file>[^()]+?):(?P<line>\d+)(?::\d+)?\s*$")
_VARIABLE = re.compile(r"'(?P<name>\w+)' \(line (?P<line>\d+)\) <== Memory access")
_LEAK = re.compile(r"SUMMARY: \S+: (?P<bytes>\d+) byte\(s\) leaked in (?P<blocks>\d+) allocation")

# In the order in which they are looked for; the first that is found is meant.
_KINDS = (
    ("heap-use-after-free", Failure.USE_AFTER_FREE, "memory that was freed already is used again"),
    ("stack-use-after-return", Failure.GONE_LOCAL, "a local variable is used after its function has returned"),
    ("stack-use-after-scope", Failure.GONE_LOCAL, "a local variable is used after its block has ended"),
    ("heap-buffer-overflow", Failure.OUT_OF_BOUNDS, "memory beyond the bounds of an allocated block is used"),
    ("dynamic-stack-buffer-overflow", Failure.OUT_OF_BOUNDS, "memory beyond the bounds of a local array is used"),
    ("stack-buffer-overflow", Failure.OUT_OF_BOUNDS, "memory beyond the bounds of a local array or variable is used"),
    ("stack-buffer-underflow", Failure.OUT_OF_BOUNDS, "memory before the start of a local array is used"),
    ("global-buffer-overflow", Failure.OUT_OF_BOUNDS, "memory beyond the bounds of a global array or text is used"),
    ("double-free", Failure.DOUBLE_FREE, "the same memory is freed twice"),
    ("bad-free", Failure.BAD_FREE, "something is freed that did not come from malloc"),
    ("free on address which was not malloc", Failure.BAD_FREE, "something is freed that did not come from malloc"),
    ("stack-overflow", Failure.FULL_STACK,
     "the stack is full: a function that calls itself without end, or a huge local array"),
    ("param-overlap", Failure.BAD_MEMORY, "source and destination of a copy overlap"),
    ("negative-size-param", Failure.BAD_MEMORY, "a size is negative"),
    ("allocation-size-too-big", Failure.BAD_MEMORY, "far too much memory is asked for"),
    ("SEGV", Failure.BAD_MEMORY, "an invalid address is used"),
)  # fmt: skip

# Parts of a report, by the words that open them, and what we say of them.
_PARTS = (
    ("freed by", "It was freed at {place}, in {function}."),
    ("allocated by", "It was allocated at {place}, in {function}."),
    ("is located in stack of", "It is a variable of {function}, which begins at {place}."),
)


@dataclass(frozen=True)
class Words:
    """What a report means, and the line that it is about."""

    message: str
    place: str  # "file:line", or ""
    code: Failure


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
        code, words = _undefined(undefined["what"])
        return Words(f"{place}: undefined behaviour: {words}.", place, code)
    if not error:
        return None
    if "LeakSanitizer" in error[0] and "detected memory leaks" in error[0]:
        return _leak(report[error.start() :], learner_file)
    return _misuse(error["rest"], report[error.start() :], learner_file)


def _undefined(what: str) -> tuple[Failure, str]:
    if "null pointer" in what:
        return Failure.NULL_POINTER, f"a null pointer is used ({what})"
    if outside := re.match(r"index (-?\d+) out of bounds for type '(.+)'", what):
        return Failure.OUT_OF_BOUNDS, f"there is no element {outside[1]} in an array of type `{outside[2]}`"
    if bound := re.match(r"variable length array bound evaluates to non-positive value (-?\d+)", what):
        return Failure.OUT_OF_BOUNDS, (
            f"this array has the length {bound[1]}, and C wants one element at least; "
            "with a constant length that can't happen"
        )
    return Failure.UNDEFINED, what


def _misuse(rest: str, report: str, learner_file: str) -> Words:
    parts = _split(report)
    frame = _own_frame(parts[0][1], learner_file)
    code, words = _kind(rest, report)
    if "pc points to the zero page" in report:
        # The report does not know the caller then, only the caller's caller.
        called = f" It was called from {frame.place}." if frame else ""
        words = "a function is called by a pointer that is NULL: was it ever set, or set to 0?"
        return Words(f"In your code {words}{called}", "", Failure.NULL_POINTER)
    if code is Failure.GONE_LOCAL and (variable := _variable(parts, learner_file)):
        return _gone(words, frame, variable)
    where = f"{frame.place}, in {frame.function}: " if frame else ""
    sentences = [f"{where}{words}."]
    for template, lines in parts[1:]:
        other = _own_frame(lines, learner_file)
        if other:
            sentences.append(template.format(place=other.place, function=other.function))
    return Words("\n".join(sentences[:3]), frame.place if frame else "", code)


def _variable(parts: list[tuple[str, list[str]]], learner_file: str) -> tuple[str, _Frame] | None:
    """Return the local variable that a report is about, and where it is declared."""
    for _, lines in parts[1:]:
        owner = _own_frame(lines, learner_file)
        named = next((found for found in map(_VARIABLE.search, lines) if found), None)
        if owner and named:
            return named["name"], _Frame(owner.function, f"{owner.file}:{named['line']}", owner.file)
    return None


def _gone(words: str, frame: _Frame | None, variable: tuple[str, _Frame]) -> Words:
    """Say which local variable is used too late; where, if that is not inside of a library."""
    name, declared = variable
    words = words.replace("a local variable", f"the local variable `{name}`", 1)
    if frame is None:
        return Words(f"{declared.place}, in {declared.function}: {words}.", declared.place, Failure.GONE_LOCAL)
    return Words(
        f"{frame.place}, in {frame.function}: {words}.\nIt is declared at {declared.place}, in {declared.function}.",
        frame.place,
        Failure.GONE_LOCAL,
    )


def _leak(report: str, learner_file: str) -> Words:
    frame = _own_frame(report.splitlines(), learner_file)
    where = f"{frame.place}, in {frame.function}: " if frame else ""
    total = _LEAK.search(report)
    size = f"{total['bytes']} bytes" if total else "memory"
    blocks = f", in {total['blocks']} blocks" if total and total["blocks"] != "1" else ""
    message = f"{where}{size} allocated here{blocks} are never freed."
    return Words(message, frame.place if frame else "", Failure.LEAK)


def _kind(rest: str, report: str) -> tuple[Failure, str]:
    if rest.startswith("SEGV") and "address points to the zero page" in report:
        return Failure.NULL_POINTER, "a null pointer is used"
    for key, code, words in _KINDS:
        if key in rest:
            access = re.search(r"^(READ|WRITE) of size (\d+)", report, re.MULTILINE)
            way = {"READ": "read", "WRITE": "written"}[access[1]] if access else "used"
            # Which of two threads came first with what is chance: a dead local is just used.
            return code, words if code is Failure.GONE_LOCAL else words.replace("is used", f"is {way}", 1)
    return Failure.BAD_MEMORY, rest.split(" on ")[0]


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
