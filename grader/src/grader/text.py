"""Results as text for people: symbols and words, what happened, what to do next."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from grader.model import CheckResult, ExerciseResult, Kind, Report, Verdict
from grader.terminal import Look

_WIDTH = 100
_POINTS_END = 90  # the column at which points end, at most
_INDENT = "      "
_MOST_OUTPUT_LINES = 12
_SIGNS = {
    Verdict.PASSED: ("✓", "+"),
    Verdict.FAILED: ("✗", "x"),
    Verdict.TIMED_OUT: ("✗", "x"),
    Verdict.DID_NOT_COMPILE: ("✗", "x"),
    Verdict.NOT_REACHED: ("·", "-"),
    Verdict.NOT_MEASURABLE: ("?", "?"),
    Verdict.GRADER_ERROR: ("!", "!"),
}


def render(report: Report, *, color: bool, unicode: bool = True, columns: int = _WIDTH) -> str:
    """Return a whole report."""
    look = Look(color=color, unicode=unicode, columns=columns)
    parts = [render_exercise(exercise, look) for exercise in report.exercises]
    if len(report.exercises) > 1:
        parts.append(total(report, look))
    return "\n\n".join(parts)


def render_exercise(result: ExerciseResult, look: Look) -> str:
    """Return one exercise: a line a check, the reasons of what failed, the next step."""
    lines = [_headline(result, look)]
    first, *others = result.checks
    lines += _check(first, look)
    if first.verdict is Verdict.DID_NOT_COMPILE:
        lines += _all_wait(others, look)
        others = []
    for check in others:
        lines += _check(check, look)
    lines += _next_step(result, look)
    return "\n".join(lines)


def summary(result: ExerciseResult, look: Look) -> str:
    """Return one exercise in one line."""
    return f"{_sign(result.verdict, look)} {result.key}: {words(result.verdict)}, {_points(result)}"


def words(verdict: Verdict) -> str:
    """Return a verdict as people write it."""
    return verdict.value.replace("_", " ")


def printable(text: str) -> str:
    """Make control characters visible: a learner's program may print anything."""
    return "".join(c if c == "\n" or c == "\t" or c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def _headline(result: ExerciseResult, look: Look) -> str:
    verdict = _colored(result.verdict, words(result.verdict), look)
    return f"{look.bold(result.key)}: {verdict}, {_points(result)}"


def _points(result: ExerciseResult) -> str:
    return f"{result.score} of {result.max_score} points"


def _check(check: CheckResult, look: Look) -> list[str]:
    points = f"{check.points}/{check.max_points}" if check.max_points and check.is_measured else ""
    word = "" if check.verdict is Verdict.PASSED else words(check.verdict)
    right = "  ".join(part for part in (word, points) if part)
    end = min(_POINTS_END, look.text_width)
    room = end - len(f"  x {check.title}{right}")
    gap = " " * room if room >= 2 or not right else "\n" + " " * (end - len(right))
    line = f"  {_sign(check.verdict, look)} {check.title}{gap}{right}".rstrip()
    reasons = _wrapped(printable(check.message), look)
    if check.verdict in (Verdict.PASSED, Verdict.NOT_REACHED, Verdict.NOT_MEASURABLE):
        return [line, *map(look.dim, reasons)]
    suggestion = _wrapped(check.suggestion, look)
    return [line, *reasons, *_picture(check, look), *_output(check, look), *suggestion, *_more(check, look)]


def _all_wait(checks: Sequence[CheckResult], look: Look) -> list[str]:
    """Say in one line what comes after it compiles: one thing at a time."""
    if not checks:
        return []
    points = sum(check.max_points for check in checks if check.is_measured)
    rest = "The other check waits" if len(checks) == 1 else f"The other {len(checks)} checks wait"
    return [look.dim(f"  {_sign(Verdict.NOT_REACHED, look)} {rest} until it compiles ({points} points).")]


def _more(check: CheckResult, look: Look) -> list[str]:
    """Say where the kind of failure is explained."""
    return [look.dim(f"{_INDENT}More on {check.code}: ./workbook explain {check.code}")] if check.code else []


def _picture(check: CheckResult, look: Look) -> list[str]:
    """Show who did what, and when; the lines are as long as they are."""
    if not check.picture:
        return []
    return ["", *(f"{_INDENT}{printable(line)}"[: look.columns].rstrip() for line in check.picture), ""]


def _output(check: CheckResult, look: Look) -> list[str]:
    """Show the first lines that were printed; compilers and sanitizers are quoted in JSON only."""
    if not check.output.strip() or check.kind in (Kind.COMPILE, Kind.MEMORY):
        return []
    printed = printable(check.output.rstrip()).splitlines()
    shown = [f"{_INDENT}| {line[: look.text_width - 10]}" for line in printed[:_MOST_OUTPUT_LINES]]
    if len(printed) > _MOST_OUTPUT_LINES:
        shown.append(f"{_INDENT}| ... {len(printed) - _MOST_OUTPUT_LINES} more lines; --json has them")
    return [look.dim(line) for line in [f"{_INDENT}It printed:", *shown]]


def _wrapped(message: str, look: Look) -> list[str]:
    """Wrap each line of a message; code keeps its own breaks."""
    lines: list[str] = []
    for line in message.splitlines():
        lines += textwrap.wrap(
            line,
            look.text_width - len(_INDENT),
            initial_indent=_INDENT,
            subsequent_indent=_INDENT + "  ",
            break_on_hyphens=False,
            break_long_words=False,  # a path stays whole
        )
    return lines


def _next_step(result: ExerciseResult, look: Look) -> list[str]:
    verdict = result.verdict
    if verdict in (Verdict.PASSED, Verdict.NOT_MEASURABLE):
        return []
    if verdict is Verdict.GRADER_ERROR:
        return ["  A fault of the grader's, so no verdict: `./workbook doctor` looks for the cause."]
    return [f"  Stuck? {look.code(f'./workbook hint {result.key}')}"]


def total(report: Report, look: Look) -> str:
    """Return what is to be said of all exercises together."""
    passed = sum(exercise.verdict is Verdict.PASSED for exercise in report.exercises)
    score = sum(exercise.score for exercise in report.exercises)
    most = sum(exercise.max_score for exercise in report.exercises)
    count = f"{passed} of {len(report.exercises)} exercises passed, {score} of {most} points"
    return f"{_sign(report.verdict, look)} {look.bold(count)}"


def _sign(verdict: Verdict, look: Look) -> str:
    return _colored(verdict, look.symbol(*_SIGNS[verdict]), look)


def _colored(verdict: Verdict, text: str, look: Look) -> str:
    if verdict is Verdict.PASSED:
        return look.green(text)
    return look.dim(text) if verdict is Verdict.NOT_REACHED else look.red(text)
