"""`./workbook dev reference`: write docs/api.md from the library's header."""

from __future__ import annotations

import argparse

from grader.authoring.reference import reference_file, write_reference
from grader.course import Course

HELP = "For authors: write the reference of the library, docs/api.md, from the comments of cfutures.h."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments: there are none."""


def run(course: Course, args: argparse.Namespace) -> int:
    """Write it, and say whether it has changed."""
    changed = write_reference(course.tree)
    print(f"{course.tree.shown(reference_file(course.tree))}: {'written' if changed else 'in step already'}")
    return 0
