"""`./workbook selftest`: run the whole project's own tests.

A line a step; the last line is `N passed, N failed`, alone, for tools that
read it. What a step printed is in build/selftest/STEP.log.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from grader.authoring.full_result import page
from grader.authoring.resuming import RESULT_FILE, Done, hash_of_sources
from grader.authoring.step import Ending, Step, StepResult, run_step
from grader.authoring.steps import full_steps, usual_steps
from grader.course import Course
from grader.errors import UsageError
from grader.files import write_atomically
from grader.terminal import Look

HELP = "Run the whole project's own tests. Exit code: 0 every step passed, 1 not every step."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--full", action="store_true", help="add the long repetitions; goes on where it was stopped"
    )
    parser.add_argument(
        "--record", action="store_true", help=f"write the results to {RESULT_FILE.as_posix()}"
    )
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="do N things at a time"
    )
    parser.add_argument("--list", action="store_true", help="name the steps, and stop")
    parser.add_argument(
        "--only", action="append", default=[], metavar="STEP", help="only this step; may be repeated"
    )


def run(course: Course, args: argparse.Namespace) -> int:
    """Run the steps."""
    jobs = max(args.jobs, 1)
    steps = [*usual_steps(course, jobs), *(full_steps(course, jobs) if args.full else ())]
    if args.only:
        steps = _chosen(steps, args.only)
    if args.list:
        print("\n".join(f"{step.name:<12} {step.says}" for step in steps))
        return 0
    signal.signal(signal.SIGTERM, leave)
    home = course.tree.home
    results = run_all(steps, home, Done(home) if args.full else None)
    if args.record:
        write_atomically(home / RESULT_FILE, page(results, hash_of_sources(home)).encode())
    return 1 if any(result.is_failure for result in results) else 0


def run_all(steps: Sequence[Step], home: Path, done: Done | None = None) -> list[StepResult]:
    """Run steps, print a line for each, and the sum as the last line."""
    look = Look.of(sys.stdout)
    width = max((len(step.name) for step in steps), default=0)
    results: list[StepResult] = []
    for step in steps:
        result = _run(step, home, done)
        results.append(result)
        print(_line(result, width, look), flush=True)
        for line in result.tail:
            print(f"    | {line}")
        if result.is_failure:
            print(f"    All of it: {_log(step, Path()).as_posix()}", flush=True)
    passed = sum(result.ending is Ending.PASSED for result in results)
    print(f"{passed} passed, {sum(result.is_failure for result in results)} failed", flush=True)
    return results


def _run(step: Step, home: Path, done: Done | None) -> StepResult:
    earlier = done.seconds(step.name) if done else None
    if earlier is not None:
        return StepResult(step, Ending.PASSED, earlier, why="earlier, with the same sources")
    if sys.stdout.isatty():
        print(f"... {step.name}", end="\r", flush=True)
    result = run_step(step, home, _log(step, home))
    if done and result.ending is Ending.PASSED:
        done.add(step.name, result.seconds)
    return result


def _log(step: Step, home: Path) -> Path:
    return home / "build" / "selftest" / f"{step.name}.log"


def _line(result: StepResult, width: int, look: Look) -> str:
    word = f"{result.ending.value:<9}"
    if result.is_failure:
        word = look.red(word)
    elif result.ending is Ending.PASSED:
        word = look.green(word)
    why = f" ({result.why})" if result.why else ""
    return f"{word}  {result.step.name:<{width}}  {result.seconds:6.1f} s  {result.step.says}{why}"


def _chosen(steps: Sequence[Step], names: Sequence[str]) -> list[Step]:
    known = [step.name for step in steps]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UsageError(f"selftest: there is no step '{unknown[0]}'.", f"The steps: {', '.join(known)}.")
    return [step for step in steps if step.name in names]


def leave(number: int, frame: FrameType | None) -> NoReturn:
    """Let the step's processes be killed on the way out, as Ctrl-C does."""
    sys.exit(128 + number)
