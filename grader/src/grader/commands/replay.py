"""`./workbook replay`: run a failing interleaving again, step by step or in gdb."""

from __future__ import annotations

import argparse
import os
import shutil
import sys

from grader.commands.explore import add_all, bug_lines, paragraph
from grader.errors import GraderError
from grader.exploring.outcome import explore
from grader.exploring.page import write_page
from grader.exploring.places import Places
from grader.exploring.traces import StoredTrace, load
from grader.paths import Tree
from grader.terminal import Look

_ALL = 1000  # lines of the table
_NOWHERE = 1023  # no descriptor: gdb's user needs no report
WITHOUT_LESSONS = True
HELP = "Run a failing interleaving again: the same switches, the same result. Exit code 1: the bug showed again."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("trace", metavar="ID", help="as `./workbook explore` printed it, or the trace's folder")
    add_all(parser)
    parser.add_argument("--html", action="store_true", help="as a page for a browser: write it, print its path")
    parser.add_argument("--gdb", action="store_true", help="on real threads, under gdb, stopped at the bug")
    parser.add_argument("--pthreads", action="store_true", help="on real threads instead of fibers")


def run(tree: Tree, args: argparse.Namespace) -> int:
    """Replay one stored trace."""
    stored = load(tree, args.trace)
    if args.gdb:
        return _in_gdb(stored)
    options = {"trace": stored.trace, "output": 1, "pthreads": int(args.pthreads)}
    outcome = explore(stored.program, options, stored.arguments)
    if args.html and outcome.bug:
        print(write_page(stored, outcome, every_step=args.all))
        return 1
    if outcome.output:
        print(outcome.output.rstrip("\n"))
        print()
    look = Look.of(sys.stdout)
    backend = "real threads" if outcome.backend == "pthreads" else "fibers"
    if outcome.bug is None:
        print(f"Replayed on {backend}: the bug did not show again.")
        return 0
    places = Places(stored.program, stored.folder)
    lines = bug_lines(outcome, outcome.bug, places, look, _ALL, stored.own_file, every_step=args.all)
    print("\n".join(lines), end="\n\n")
    print(paragraph(f"Replayed on {backend}, in {outcome.trace.mode} mode: the bug showed again.", look))
    return 1


def _in_gdb(stored: StoredTrace) -> int:
    """Hand over to gdb; it stops where the explorer tells of the bug."""
    gdb = shutil.which("gdb")
    if not gdb:
        raise GraderError("gdb was not found.", "Install it: `apt-get install gdb`.")
    environment = {
        **os.environ,
        "XP_OPTIONS": f"trace={stored.trace},output=1,pthreads=1,report={_NOWHERE}",
    }
    orders = ["set follow-fork-mode child", "set breakpoint pending on", "break xp_find", "run", "backtrace"]
    arguments = [word for order in orders for word in ("-ex", order)]
    os.execve(gdb, [gdb, "-q", *arguments, "--args", str(stored.program), *stored.arguments], environment)
