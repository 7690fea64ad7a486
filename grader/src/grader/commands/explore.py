"""`./workbook explore`: run a pthreads program under the interleavings that matter."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import textwrap
from pathlib import Path

from grader.arguments import positive_number
from grader.errors import UsageError
from grader.exploring import story
from grader.exploring.library import explorer_libraries
from grader.exploring.outcome import Bug, Outcome, explore
from grader.exploring.own_lines import own_steps
from grader.exploring.places import Places
from grader.exploring.program import DidNotCompile, Program, ProgramBuilder
from grader.exploring.rows import has_library_steps
from grader.exploring.timeline import MOST_LINES, table
from grader.exploring.traces import StoredTrace, store
from grader.failures import of_bug
from grader.paths import Tree
from grader.terminal import Look
from grader.toolchain import find_compiler

HELP = (
    "Compile a C program that uses threads, and run it under many interleavings, with a virtual "
    "clock. Exit code: 0 nothing found, 1 a bug, 2 it does not compile or wrong usage, 3 own fault."
)
WITHOUT_LESSONS = True
PASSES_ON = True  # what follows `--` goes to the compiler
_MODES = ("all", "default", "spurious", "hostile")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE.c",
        help="the program's sources; after all options, `-- FLAGS` are for the compiler (-DN=3 -lz)",
    )
    parser.add_argument(
        "--schedules",
        type=positive_number,
        metavar="N",
        help="how many to try (2000; on real threads 500)",
    )
    parser.add_argument("--seconds", type=float, default=10.0, metavar="S", help="real time at most (10)")
    parser.add_argument(
        "--seed", type=positive_number, default=1, metavar="N", help="another seed, other schedules (1)"
    )
    parser.add_argument("--mode", choices=_MODES, default="all", help="default: all, one after another")
    parser.add_argument(
        "--pthreads", action="store_true", help="on real threads, as where fibers do not work: slower"
    )
    add_all(parser)
    parser.add_argument("--json", action="store_true", help="print the result as JSON, and nothing else")


def add_all(parser: argparse.ArgumentParser) -> None:
    """Declare the option that shows more."""
    parser.add_argument("--all", action="store_true", help="show every step, also those inside of cfutures")


def run(tree: Tree, args: argparse.Namespace) -> int:
    """Explore one program."""
    files = [file.absolute() for file in args.files]
    compiler = find_compiler()
    builder = ProgramBuilder(tree, compiler, explorer_libraries(tree, compiler))
    with tempfile.TemporaryDirectory(prefix="exploring-") as scratch:
        try:
            program = builder.build(files, args.passed_on, Path(scratch))
        except DidNotCompile as error:
            return _did_not_compile(error, args)
        outcome = explore(program.path, _options(args))
        stored = None
        if outcome.bug:  # kept before it is told: whoever reads of it can see it again
            stored = store(tree, program.path, program.sources, outcome.trace, args.passed_on)
        _print(program, outcome, stored, args)
    return 1 if outcome.bug else 0


def _options(args: argparse.Namespace) -> dict[str, object]:
    options = {"seconds": args.seconds, "seed": args.seed, "mode": args.mode, "pthreads": int(args.pthreads)}
    return options if args.schedules is None else {**options, "schedules": args.schedules}


def _did_not_compile(error: DidNotCompile, args: argparse.Namespace) -> int:
    if args.json:
        print(json.dumps({"verdict": "did_not_compile", "message": error.words, "bug": None}, indent=2))
    else:
        print("\n".join(error.words.strip().splitlines()[:6]), file=sys.stderr)
    return UsageError.exit_code


def _print(program: Program, outcome: Outcome, stored: StoredTrace | None, args: argparse.Namespace) -> None:
    if args.json:
        print(json.dumps(to_json(outcome, Places(program.path), stored), indent=2))
    else:
        look = Look.of(sys.stdout)
        print(render(outcome, Places(program.path), stored, look, every_step=args.all), flush=True)


def render(
    outcome: Outcome, places: Places, stored: StoredTrace | None, look: Look, *, every_step: bool = False
) -> str:
    """Return the result as text for people."""
    if outcome.bug is None:
        said = [f"Nothing found in {story.tried(outcome)}.", *story.backend(outcome)]
        return "\n".join(paragraph(words, look) for words in said)
    lines = [*bug_lines(outcome, outcome.bug, places, look, every_step=every_step), ""]
    lines += [paragraph(words, look) for words in story.found(outcome)]
    lines.append(f"What it means: ./workbook explain {of_bug(outcome.bug.cause)}")
    if stored:
        lines.append(f"See it again, step by step: ./workbook replay {stored.id}")
        lines.append(f"The same as a page for a browser: ./workbook replay {stored.id} --html")
        if has_library_steps(outcome.events, places) and not every_step:
            lines.append(f"With every step inside of cfutures: ./workbook replay {stored.id} --all")
    return "\n".join(lines)


def bug_lines(
    outcome: Outcome,
    bug: Bug,
    places: Places,
    look: Look,
    most: int = MOST_LINES,
    own_file: str = "",
    *,
    every_step: bool = False,
) -> list[str]:
    """Return what is wrong, who did what, and the interleaving.

    With `own_file` on its lines alone, unless every step is wanted.
    """
    told = story.Story(outcome, places, own_file)
    kind = bug.kind.replace("_", " ")
    first, *rest = paragraph(f"{kind}: {told.sentence(bug)}", look).splitlines()
    lines = [look.bold(f"{kind}:") + first[len(kind) + 1 :], *rest]
    lines += [paragraph(side, look, "  ") for side in told.sides(bug)]
    if told.harm():
        lines.append(paragraph(told.harm(), look))
    is_on_own_lines = bool(own_file) and not every_step
    events = own_steps(outcome.events, places, own_file) if is_on_own_lines else outcome.events
    return [*lines, "", *table(events, told, places, look, most, every_step=every_step)]


def paragraph(text: str, look: Look, indent: str = "") -> str:
    """Return the text in lines that fit; those after the first stand further in."""
    return textwrap.fill(
        text, look.text_width, initial_indent=indent, subsequent_indent=indent + "    ", break_on_hyphens=False
    )


def to_json(outcome: Outcome, places: Places, stored: StoredTrace | None) -> dict[str, object]:
    """Return the result as design section 2 prints it."""
    bug = None
    if outcome.bug:
        told = story.Story(outcome, places)
        bug = {
            "kind": outcome.bug.kind,
            "code": of_bug(outcome.bug.cause),
            "message": told.sentence(outcome.bug),
            "sides": list(told.sides(outcome.bug)),
            "harm": told.harm(),
            "mode": outcome.trace.mode,
            "trace": stored.id if stored else "",
        }
    return {
        "verdict": "bug" if outcome.bug else "clean",
        "schedules": outcome.schedules,
        "seconds": round(outcome.seconds, 6),
        "modes": dict(outcome.modes),
        "exhaustive": outcome.is_exhaustive,
        "bound": outcome.bound,
        "stopped_by": outcome.stopped_by,
        "backend": outcome.backend,
        "why_threads": outcome.why_threads,
        "budget": outcome.budget,
        "bug": bug,
        "also": list(outcome.also),
    }
