"""Make the compiler's words readable: the first error, the learner's line first.

At most six lines: the line, what is wrong in the words of this workbook, what
to write instead, and the compiler's own message, so that it can be looked up.
gcc and clang phrase the same mistakes differently; both are known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.advice import advise
from grader.diagnostics import Diagnostic, clean, parse
from grader.failures import Failure
from grader.source import Source

MOST_LINES = 6
_MOST_COLUMNS = 90


@dataclass(frozen=True)
class Explanation:
    """What to tell the learner, and the place it is about."""

    message: str
    place: str
    code: Failure


def explain_errors(words: str, source: Source) -> Explanation:
    """Explain the first error; anything that isn't understood is quoted."""
    errors = [d for d in parse(words, source.shown) if d.level in ("error", "fatal error")]
    if errors:
        return _explain(errors[0], source)
    quoted = [line for line in words.splitlines() if line.strip()][:MOST_LINES]
    return Explanation("\n".join(quoted) or "The compiler failed without a word.", "", Failure.NO_C)


def explain_warning(words: str, source: Source) -> Explanation | None:
    """Explain the first warning about the learner's own file, if there is one."""
    if line := _lost_error(source):
        place = f"{source.shown}:{line}"
        said = "cf_fail makes the error, and no more: `return cf_fail(...)` returns it."
        return Explanation(f"{place}: {_line(source, line)}\n{said}", place, Failure.NO_RETURN)
    warnings = [d for d in parse(words, source.shown) if d.level == "warning" and d.file == source.shown]
    if not warnings:
        return None
    first = warnings[0]
    place = f"{first.file}:{first.line}"
    more = f" (and {len(warnings) - 1} more)" if len(warnings) > 1 else ""
    advice = advise(first, first.line, source)
    lines = [f"{place}: warning: {clean(first.text)}{more}", *advice.sentences]
    return Explanation("\n".join(lines), place, advice.code)


def _lost_error(source: Source) -> int:
    """Return the line of a cf_fail that nobody returns or keeps; 0 if there is none.

    The compiler does not say so: the macro comes from a header of the system's kind.
    """
    before = ";"
    for number, line in enumerate(source.lines, start=1):
        code = line.partition("//")[0].strip()
        if re.match(r"cf_fail\s*\(", code) and before.endswith((";", "{", "}", ")", "else")):
            return number
        before = code or before
    return 0


def _explain(error: Diagnostic, source: Source) -> Explanation:
    """Compose: the line, the advice, the compiler's own words."""
    own = error.file == source.shown
    line = _line_meant(error, source) if own else error.included_at
    place = f"{source.shown}:{line}" if line else f"{error.file}:{error.line}"
    code = _line(source, line)
    advice = advise(error, line, source)
    elsewhere = "" if own else f"{error.file}:{error.line}: "
    lines = [
        f"{place}: {code}" if code else place,
        *advice.sentences,
        f"The compiler says: {elsewhere}{clean(error.text)}",
    ]
    return Explanation("\n".join(lines[:MOST_LINES]), place, advice.code)


def _line_meant(error: Diagnostic, source: Source) -> int:
    """Return where to look: gcc finds a missing semicolon only on the line after."""
    found = re.search(r"expected .*';' before '?(?P<next>[^']+)'?", error.text)
    if not found or not _line(source, error.line).startswith(found["next"].split()[0]):
        return error.line
    above = [number for number in range(1, error.line) if _line(source, number)]
    return above[-1] if above else error.line


def _line(source: Source, number: int) -> str:
    if not 1 <= number <= len(source.lines):
        return ""
    code = source.lines[number - 1].strip()
    return code if len(code) <= _MOST_COLUMNS else f"{code[:_MOST_COLUMNS]}..."
