"""`./workbook dev coverage`: how much of cfutures do its own tests run?"""

from __future__ import annotations

import argparse
import os
import sys

from grader.arguments import positive_number
from grader.authoring.coverage import LEAST_BRANCHES, LEAST_LINES, measure
from grader.authoring.gcov import File, Share
from grader.course import Course
from grader.terminal import Look

HELP = (
    "For authors: run the library's tests on both ports, and count the lines and branches that they run. "
    f"Exit code: 0 at least {LEAST_LINES:.0f} % of the lines and {LEAST_BRANCHES:.0f} % of the branches, 1 less."
)
_TOTAL = "total"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--missed", action="store_true", help="name each line that was not run whole")
    parser.add_argument(
        "--jobs", type=positive_number, default=os.cpu_count() or 1, metavar="N", help="do N things at a time"
    )


def run(course: Course, args: argparse.Namespace) -> int:
    """Measure, print a line for each file, and say whether it is enough."""
    tree = course.tree
    files = measure(tree.library, tree.build / "coverage", args.jobs, _tell)
    lines = sum((file.lines for file in files), Share())
    branches = sum((file.branches for file in files), Share())
    width = max(len(name) for name in (_TOTAL, *(file.name for file in files)))
    print(f"{'':<{width}}  {'lines':>22}  {'branches':>22}")
    for file in files:
        print(_row(file.name, width, file.lines, file.branches))
    print(_row(_TOTAL, width, lines, branches))
    if args.missed:
        _print_missed(files)
    return 0 if _is_enough(lines, branches) else 1


def _row(name: str, width: int, lines: Share, branches: Share) -> str:
    return f"{name:<{width}}  {_cell(lines)}  {_cell(branches)}"


def _cell(share: Share) -> str:
    return f"{share.run:>5} of {share.all:<5} {share.percent:6.1f} %"


def _print_missed(files: list[File]) -> None:
    print()
    for file in files:
        for number, what in file.missed:
            print(f"{file.name}:{number}: {what}")


def _is_enough(lines: Share, branches: Share) -> bool:
    look = Look.of(sys.stdout)
    goals = (("lines", lines, LEAST_LINES), ("branches", branches, LEAST_BRANCHES))
    short = [(what, share, least) for what, share, least in goals if share.percent < least]
    for what, share, least in short:
        print(f"{look.red('Too few')} {what}: {share.percent:.2f} %, at least {least:.0f} % are asked for.")
    if short:
        print("`./workbook dev coverage --missed` names the lines.")
    return not short


def _tell(words: str) -> None:
    print(f"{words} ...", file=sys.stderr, flush=True)
