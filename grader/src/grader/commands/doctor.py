"""`./workbook doctor`: say what is there, what is missing, and how to get it."""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections.abc import Sequence

from grader.course import Course
from grader.health import Finding, State, examine
from grader.packages import how_to_install, read_packages
from grader.terminal import Look

HELP = "Say what is there, what is missing, and how to get it. Exit code: 0 if grading can work, else 1."

_SIGNS = {
    State.FINE: ("\u2713", "ok"),
    State.MISSING: ("\u2717", "--"),
    State.BROKEN: ("\u2717", "--"),
    State.NOTE: ("\u00b7", "  "),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--json", action="store_true", help="print the findings as data")


def run(course: Course, args: argparse.Namespace) -> int:
    """Examine this machine."""
    look = Look.of(sys.stdout)
    findings = tuple(examine(course.tree, look))
    is_ready = not any(finding.hinders for finding in findings)
    if args.json:
        print(json.dumps({"ready": is_ready, "findings": [f.to_json() for f in findings]}, indent=2))
    else:
        print("\n".join([*_lines(findings, look), "", _verdict(course, findings)]))
    return 0 if is_ready else 1


def _lines(findings: Sequence[Finding], look: Look) -> list[str]:
    lines: list[str] = []
    widest = max(len(finding.name) for finding in findings)
    indent = 2 + len(look.symbol(*_SIGNS[State.FINE])) + 1 + widest + 2
    for group, members in itertools.groupby(findings, key=lambda finding: finding.group):
        lines += ["", look.bold(group)] if lines else [look.bold(group)]
        for finding in members:
            lines.append(f"  {_sign(finding.state, look)} {finding.name:{widest}}  {finding.found}")
            if finding.advice:
                lines.append(f"{'':{indent}}{finding.advice}")
    return lines


def _sign(state: State, look: Look) -> str:
    sign = look.symbol(*_SIGNS[state])
    if state is State.FINE:
        return look.green(sign)
    return sign if state is State.NOTE else look.red(sign)


def _verdict(course: Course, findings: Sequence[Finding]) -> str:
    hindering = {finding.name for finding in findings if finding.hinders}
    missing = [package for package in read_packages(course.tree.packages) if package.name in hindering]
    if missing:
        return (
            "Not ready. Where it can, ./workbook installs what is missing. By hand:\n"
            f"    {how_to_install(missing)}"
        )
    return "Not ready: see what is marked above." if hindering else "Ready: all that grading needs is there."
