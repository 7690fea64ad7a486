"""`./workbook dev check`: prove that the course is sound.

docs/authoring.md says what each aspect looks at. Here they are only called,
and what they find is printed.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from collections.abc import Iterator

from grader.arguments import positive_number
from grader.authoring import matrix, names
from grader.authoring.finding import Aspect, Finding, Settings
from grader.authoring.scope import Scope, scope_of
from grader.authoring.submissions import KINDS
from grader.course import Course
from grader.files import write_atomically
from grader.terminal import Look

HELP = "For authors: prove that the course is sound. Exit code: 0 nothing was found, 1 something was."

# In this order, the quick ones first. The module is imported when it is needed.
ASPECTS = {
    "files": ("files", "check_files"),
    "sources": ("sources", "check_sources"),
    "facts": ("facts", "check_facts"),
    "names": ("names", "check_names"),
    "map": ("source_map", "check_map"),
    "links": ("links", "check_links"),
    "reference": ("reference", "check_reference"),
    "parity": ("parity", "check_parity"),
    "matrix": ("matrix", "check_matrix"),
    "release": ("release_check", "check_release"),
    "texts": ("texts", "check_texts"),
    "compilers": ("compilers", "check_compilers"),
    "outputs": ("outputs", "check_outputs"),
    "tests": ("test_lists", "check_tests"),
    "failures": ("failure_pages", "check_failures"),
    "grading": ("grading", "check_grading"),
    "replays": ("replays", "check_replays"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "keys", nargs="*", metavar="KEY", help="a lesson or an exercise; none: the whole course"
    )
    parser.add_argument(
        "--repeat", type=positive_number, default=1, metavar="N", help="grade each submission N times"
    )
    parser.add_argument(
        "--jobs", type=positive_number, default=os.cpu_count() or 1, metavar="N", help="grade N at a time"
    )
    parser.add_argument("--aspect", action="append", choices=ASPECTS, help="only this one; may be repeated")
    parser.add_argument(
        "--submissions", action="append", choices=KINDS, help="grade only these; may be repeated"
    )
    parser.add_argument("--json", action="store_true", help="print the findings as JSON, and nothing else")
    parser.add_argument(
        "--names", action="store_true", help="print which lesson introduces which names, and stop"
    )
    parser.add_argument(
        "--matrix",
        action="store_true",
        help="write docs/matrix.md, every wrong submission against every check, and stop",
    )


def run(course: Course, args: argparse.Namespace) -> int:
    """Look at all aspects, and print what they find."""
    if args.matrix:
        write_atomically(matrix.path(course.tree), matrix.page(course).encode())
        print(f"Written: {course.tree.shown(matrix.path(course.tree))}")
        return 0
    if args.names:
        print(names.table(course))
        return 0
    scope = scope_of(course, args.keys)
    shows_progress = not args.json and sys.stderr.isatty()
    settings = Settings(
        progress=_tell if shows_progress else _be_quiet,
        jobs=args.jobs,
        repeat=args.repeat,
        submissions=frozenset(args.submissions or ()),
    )
    findings: list[Finding] = []
    for finding in _findings(scope, settings, args.aspect or list(ASPECTS)):
        findings.append(finding)
        if not args.json:
            _print_over_progress(str(finding), shows_progress)
    if args.json:
        print(json.dumps({"sound": not findings, "findings": [f.to_json() for f in findings]}, indent=2))
    else:
        _print_over_progress(_summary(scope, findings, args), shows_progress)
    return 1 if findings else 0


def _findings(scope: Scope, settings: Settings, aspects: list[str]) -> Iterator[Finding]:
    """Yield what is found, the same thing once; within an aspect in order."""
    seen: set[Finding] = set()
    for name, (module, function) in ASPECTS.items():
        if name not in aspects:
            continue
        aspect: Aspect = getattr(importlib.import_module(f"grader.authoring.{module}"), function)
        for finding in aspect(scope, settings):
            if finding not in seen:
                seen.add(finding)
                yield finding


def _summary(scope: Scope, findings: list[Finding], args: argparse.Namespace) -> str:
    look = Look.of(sys.stdout)
    wrong = sum(len(exercise.wrong) for exercise in scope.exercises)
    seen = (
        f"{_counted(len(scope.lessons), 'lesson')}, {_counted(len(scope.exercises), 'exercise')}, "
        f"{_counted(wrong, 'wrong submission')}"
    )
    if args.repeat > 1:
        seen += f", each graded {args.repeat} times"
    if not findings:
        return f"{look.green('Sound')}: {seen}."
    return f"{look.red(_counted(len(findings), 'finding'))} in {seen}."


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _print_over_progress(line: str, shows_progress: bool) -> None:
    if shows_progress:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    print(line, flush=True)


def _tell(words: str) -> None:
    """Show one line of progress, over the one before."""
    print(f"\r\x1b[K{words[:100]}", end="", file=sys.stderr, flush=True)


def _be_quiet(_: str) -> None:
    """Show nothing: nobody is looking, or JSON was asked for."""
