"""`./workbook dev export --students`: write a release for students."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from grader.authoring.export import NAME, Member, members, write_folder, write_tar
from grader.authoring.release_check import reasons_against
from grader.authoring.tracked import commit, uncommitted
from grader.course import Course
from grader.errors import GraderError, UsageError
from grader.paths import Tree

HELP = "For authors: write a release of the course, from what git tracks. Never overwrites."
_MOST_SHOWN = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--students", action="store_true", required=True, help="without solutions and what only authors need"
    )
    parser.add_argument(
        "--to", type=Path, metavar="DIR|FILE.tar", help=f"a new folder, or a tar file; else build/{NAME}.tar"
    )
    parser.add_argument(
        "--allow-changes", action="store_true", help="take files as they are, committed or not"
    )


def run(course: Course, args: argparse.Namespace) -> int:
    """Write it, and say what it holds."""
    tree = course.tree
    target = args.to or tree.build / f"{NAME}.tar"
    _refuse_to_overwrite(target)
    changes = uncommitted(tree.root)
    if changes and not args.allow_changes:
        raise UsageError(
            _listed("There are changes that are not committed:", changes),
            "Commit them, or say --allow-changes.",
        )
    reasons = [str(finding) for finding in reasons_against(course)]
    if reasons:
        raise GraderError(_listed("The release would not be sound:", reasons), "Put that right first.")
    written = _write(tree, target, is_clean=not changes)
    print(f"{target} holds {len(written)} files, {sum(len(m.content) for m in written) / 1e6:.1f} MB:")
    for lesson in course.lessons:
        print(f"  {lesson.key:<14} {lesson.title}")
    print("and no solution. Try it as a student would: unpack it elsewhere, then ./workbook")
    return 0


def _write(tree: Tree, target: Path, is_clean: bool) -> list[Member]:
    made_from = commit(tree.root)
    try:
        release = list(members(tree, made_from, is_clean))
        if target.suffix == ".tar":
            write_tar(release, target, made_from.time)
        else:
            write_folder(release, target)
    except OSError as error:
        raise GraderError(f"The release can't be written: {error}.", "Name another place: --to") from error
    return release


def _refuse_to_overwrite(target: Path) -> None:
    if target.suffix in (".gz", ".tgz", ".xz", ".bz2", ".zip"):
        raise UsageError(f"{target} would be a folder.", "Name a file that ends with .tar, and compress it.")
    if target.exists() or target.is_symlink():
        raise UsageError(f"{target} exists already.", "Name another place, or remove it.")


def _listed(heading: str, lines: Sequence[str]) -> str:
    shown = [heading, *(f"  {line}" for line in lines[:_MOST_SHOWN])]
    if len(lines) > _MOST_SHOWN:
        shown.append(f"  and {len(lines) - _MOST_SHOWN} more")
    return "\n".join(shown)
