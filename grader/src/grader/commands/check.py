"""`./workbook check`: grade exercises, and say what was found."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from grader import text
from grader.arguments import positive_number
from grader.attempts import code_of, record
from grader.course import Course, Exercise
from grader.errors import UsageError, no_solutions
from grader.grade import Grader
from grader.hints import as_text, take_due
from grader.model import ExerciseResult, Report, Verdict
from grader.source import read_source
from grader.state import StateFile
from grader.terminal import Look

HELP = (
    "Grade exercises. Exit code: 0 all passed, 1 something did not, "
    "2 wrong usage, 3 the grader's own fault."
)


@dataclass(frozen=True)
class _Difference:
    """A repeated run that did not come out as the first one did."""

    key: str
    run: int
    first: ExerciseResult
    other: ExerciseResult


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("keys", nargs="*", metavar="KEY", help="01_submit/greeter, or a lesson: 01_submit")
    parser.add_argument("--all", action="store_true", help="every exercise of the course")
    parser.add_argument("--solutions", action="store_true", help="grade the reference solutions")
    parser.add_argument(
        "--file",
        action="append",
        default=[],
        metavar="KEY=PATH",
        help="grade this file as the exercise KEY; may be repeated",
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON, and nothing else")
    parser.add_argument(
        "--repeat",
        type=positive_number,
        default=1,
        metavar="N",
        help="compile once, run N times, and stop at the first run that differs",
    )


def run(course: Course, args: argparse.Namespace) -> int:
    """Grade what was asked for."""
    if args.solutions and not course.tree.has_solutions:
        raise no_solutions()
    work = _chosen(course, args)
    for exercise, code in work:
        _must_be_readable(course, exercise, code)
    show_progress = not args.json and sys.stderr.isatty()
    grader = Grader(course, _tell if show_progress else _be_quiet)
    screen = _Screen(args, len(work), show_progress)
    results: list[ExerciseResult] = []
    difference: _Difference | None = None
    for exercise, code in work:
        before = code_of(code)
        result, difference = _grade(grader, exercise, code, args.repeat)
        if not (args.solutions or args.file):
            record(course.tree, exercise, result, before)
        results.append(result)
        screen.show(result)
        if difference:
            break
    report = Report(tuple(results))
    screen.end(report, difference)
    if len(work) == 1 and not (args.json or args.solutions or args.file):
        _print_due_hint(course, work[0][0])
    return max(report.exit_code, 1) if difference else report.exit_code


def _chosen(course: Course, args: argparse.Namespace) -> list[tuple[Exercise, Path]]:
    """Return the exercises and the files to grade, in course order."""
    files = dict(_file_argument(course, argument) for argument in args.file)
    keys = [exercise.key for exercise in course.exercises] if args.all else [*args.keys, *files]
    if not keys:
        raise UsageError("check: which exercise?", "For example `./workbook check 01_submit`, or --all.")
    tree = course.tree
    place = tree.solution if args.solutions else tree.exercise
    return [(exercise, files.get(exercise.key, place(exercise.key))) for exercise in course.select(keys)]


def _must_be_readable(course: Course, exercise: Exercise, code: Path) -> None:
    """Complain before the first exercise is graded."""
    try:
        read_source(code, course.tree.shown(code))
    except UsageError as error:
        own = code == course.tree.exercise(exercise.key)
        hint = f"`./workbook reset {exercise.key}` brings it back." if own else error.hint
        raise UsageError(error.message, hint) from error


def _file_argument(course: Course, argument: str) -> tuple[str, Path]:
    key, equals, path = argument.partition("=")
    exercises = course.select([key]) if equals and path else ()
    if len(exercises) != 1:
        raise UsageError(f"--file {argument}: write KEY=PATH, with the key of one exercise.")
    return exercises[0].key, Path(path).absolute()


def _grade(
    grader: Grader, exercise: Exercise, code: Path, times: int
) -> tuple[ExerciseResult, _Difference | None]:
    """Compile once, judge as often as asked; return the first result, or the one that differs."""
    compiled = grader.compile(exercise, code)
    first = grader.judge(compiled)
    for number in range(2, times + 1):
        other = grader.judge(compiled)
        if _outcome(other) != _outcome(first):
            return other, _Difference(exercise.key, number, first, other)
    return first, None


def _outcome(result: ExerciseResult) -> list[tuple[str, Verdict]]:
    return [(check.id, check.verdict) for check in result.checks]


class _Screen:
    """Shows each exercise's verdict as soon as it is there; JSON only as a whole."""

    def __init__(self, args: argparse.Namespace, count: int, has_progress: bool) -> None:
        self._args = args
        self._count = count
        self._has_progress = has_progress
        self._look = Look.of(sys.stdout)

    def show(self, result: ExerciseResult) -> None:
        """Show one exercise."""
        if self._has_progress:
            _tell("")
        if not self._args.json:
            end = "\n\n" if self._count > 1 else "\n"
            print(text.render_exercise(result, self._look), end=end, flush=True)

    def end(self, report: Report, difference: _Difference | None) -> None:
        """Show what is to be said of all of them."""
        args = self._args
        if args.json:
            facts = report.to_json()
            if args.repeat > 1:
                facts["repeat"] = {"asked": args.repeat, "differs": _difference_json(difference)}
            print(json.dumps(facts, indent=2))
            return
        if self._count > 1:
            print(text.total(report, self._look))
        if difference:
            print(
                f"\nRun {difference.run} of {args.repeat} of {difference.key} came out differently: "
                f"{text.words(difference.other.verdict)}, {difference.other.score} points; "
                f"the first: {text.words(difference.first.verdict)}, {difference.first.score} points."
            )
        elif args.repeat > 1:
            print(f"\nAll {args.repeat} runs came out the same.")


def _print_due_hint(course: Course, exercise: Exercise) -> None:
    """After another failed attempt the next hint comes unasked."""
    hint = take_due(StateFile(course.tree), exercise)
    if hint:
        print(f"\nNot for the first time, so:\n\n{as_text(hint, Look.of(sys.stdout))}")


def _difference_json(difference: _Difference | None) -> dict[str, object] | None:
    if difference is None:
        return None
    return {"key": difference.key, "run": difference.run, "first": difference.first.to_json()}


def _tell(words: str) -> None:
    """Show one line of progress, over the one before."""
    print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)


def _be_quiet(_: str) -> None:
    """Show nothing: nobody is looking, or JSON was asked for."""
