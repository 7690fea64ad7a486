"""`./workbook explain`: what a kind of failure means, and how to think about it."""

from __future__ import annotations

import argparse
import json
import sys

from grader import failures
from grader.course import Course
from grader.markdown import to_terminal
from grader.terminal import Look
from grader.terminal import page as show

HELP = "Explain a kind of failure by its code, such as W301. Without a code: list all of them."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("code", nargs="?", metavar="CODE", help="as a failed check names it, such as W301")
    parser.add_argument("--json", action="store_true", help="print codes and titles as data")


def run(course: Course, args: argparse.Namespace) -> int:
    """Show one page, or the list of them."""
    tree, look = course.tree, Look.of(sys.stdout)
    chosen = [failures.find(args.code)] if args.code else list(failures.Failure)
    found = [failures.page(tree, failure.value) for failure in chosen]
    if args.json:
        print(json.dumps([{"code": page.code, "title": page.title} for page in found], indent=2))
    elif args.code:
        show(to_terminal(found[0].markdown, look))
    else:
        print("\n".join(_list(found, look)))
    return 0


def _list(pages: list[failures.Page], look: Look) -> list[str]:
    """Return a line a page, in groups as the first digits say."""
    lines: list[str] = []
    for each in pages:
        group = failures.GROUPS[each.code[1]]
        if group not in lines:
            lines += ["", group] if lines else [group]
        lines.append(f"  {look.bold(each.code)}  {each.title}")
    return [*lines, "", "One of them: ./workbook explain CODE"]
