"""`./workbook dev new`: create the files of a lesson or an exercise."""

from __future__ import annotations

import argparse

from grader.authoring.sprout import sprout
from grader.course import Course

HELP = "For authors: create the files of a lesson or an exercise from templates. Never overwrites."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("key", metavar="KEY", help="02_map for a lesson, 02_map/in_order for an exercise")


def run(course: Course, args: argparse.Namespace) -> int:
    """Create what is missing, and say what to do next."""
    tree = course.tree
    key = args.key.strip("/")
    sprouted = sprout(tree, key)
    for what, paths in (
        ("created", sprouted.created),
        ("extended", sprouted.extended),
        ("kept", sprouted.kept),
    ):
        for path in paths:
            print(f"{what:<8}  {tree.shown(path)}")
    if not sprouted.created and not sprouted.extended:
        print("Everything was there already; nothing was changed.")
    print(f"\nNext: replace each TODO. `./workbook dev check {key}` names what is still missing.")
    if "/" in key:
        print(f"A good order: {_order(course, key)}.")
    else:
        print(f"Then `./workbook dev new {key}/NAME` for each exercise, and in docs/source-map.toml say")
        print("where the section lives.")
    return 0


def _order(course: Course, key: str) -> str:
    shown = course.tree.shown
    header, test, solution = course.tree.header(key), course.tree.test(key), course.tree.solution(key)
    return (
        f"{shown(header)}, {shown(test)}, {shown(solution)}, then the skeleton, hints, and wrong submissions"
    )
