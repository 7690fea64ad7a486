"""Aspect `outputs`: a lesson's programs compile, run, and print what the text shows."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from grader.authoring.c_text import read_text
from grader.authoring.finding import Finding, Settings
from grader.authoring.lesson_text import parse
from grader.authoring.markers import How, ShowsOutput, read_marker
from grader.authoring.programs import Workbench
from grader.authoring.scope import Scope
from grader.course import Lesson
from grader.setup import set_up

# Often enough to see a third outcome if there is one; a sample, no proof.
_RUNS_OF_ONE_OF = 10


@dataclass
class _Shown:
    """What a text shows of one way to run a program."""

    line: int
    outputs: list[str] = field(default_factory=list)


def check_outputs(scope: Scope, settings: Settings) -> Iterator[Finding]:
    """Compile and run each program of the lessons."""
    set_up(scope.tree, settings.progress)  # builds the library
    with tempfile.TemporaryDirectory(prefix="workbook-") as scratch, ThreadPoolExecutor(
        settings.jobs
    ) as threads:
        bench = Workbench(scope.tree, Path(scratch))
        work = [(lesson, program) for lesson in scope.lessons for program in lesson.programs]
        futures = [
            threads.submit(_program, scope, bench, lesson, program, settings) for lesson, program in work
        ]
        for future in futures:
            yield from future.result()


def _program(scope: Scope, bench: Workbench, lesson: Lesson, name: str, settings: Settings) -> list[Finding]:
    source = scope.tree.lesson_folder(lesson.key) / name
    shown = scope.tree.shown(source)
    if not source.is_file():
        return [Finding(shown, "the program is missing", f"write it, or take it out of {lesson.key}.toml")]
    settings.progress(f"compiling and running {shown}")
    program, words = bench.compile(source)
    if program is None:
        return [Finding(shown, f"it does not compile without a warning ({words})", "mend it")]
    text = scope.tree.lesson_text(lesson.key)
    wanted = _outputs_shown(read_text(text), name)
    # A program whose output is not shown has to run all the same.
    findings = [] if wanted else _problems(bench, program, shown)
    for marker, its in wanted.items():
        findings += _compared(bench, program, marker, its, f"{scope.tree.shown(text)}:{its.line}")
    return findings


def _outputs_shown(markdown: str, program: str) -> dict[ShowsOutput, _Shown]:
    """Return what the text shows of a program, by the way it is run."""
    found: dict[ShowsOutput, _Shown] = {}
    for block in parse(markdown).blocks:
        marker = read_marker(block.marker)
        if isinstance(marker, ShowsOutput) and marker.file == program:
            found.setdefault(marker, _Shown(block.line)).outputs.append(block.text)
    return found


def _problems(bench: Workbench, program: Path, shown: str) -> list[Finding]:
    problem = bench.run(program).problem
    return [Finding(shown, f"run without arguments, {problem}", "mend it")] if problem else []


def _compared(
    bench: Workbench, program: Path, marker: ShowsOutput, shown: _Shown, where: str
) -> list[Finding]:
    runs = _RUNS_OF_ONE_OF if marker.how is How.ONE_OF else 1
    for _ in range(runs):
        printed = bench.run(program, marker.arguments)
        if printed.problem:
            return [
                Finding(
                    where,
                    f"{marker.file}: {printed.problem}",
                    "mend the program, or the arguments in the marker",
                )
            ]
        expected = shown.outputs if marker.how is How.ONE_OF else shown.outputs[:1]
        if not any(_same(printed.output, output, marker.how) for output in expected):
            first = _first_strange_line(printed.output, expected)
            return [
                Finding(where, f"{marker.file} prints something else, first {first}", "show what it prints")
            ]
    if marker.how is not How.ONE_OF and len(shown.outputs) > 1:
        return [
            Finding(
                where, f"the output of {marker.file} is shown twice", "show it once, or mark both `one-of`"
            )
        ]
    return []


def _same(printed: str, shown: str, how: How) -> bool:
    theirs, ours = _lines(printed), _lines(shown)
    return sorted(theirs) == sorted(ours) if how is How.ANY_ORDER else theirs == ours


def _first_strange_line(printed: str, expected: list[str]) -> str:
    """Return the first printed line that is not where the text has it."""
    shown = _lines(expected[0])
    for number, line in enumerate(_lines(printed)):
        if number >= len(shown) or shown[number] != line:
            return f"'{line}'"
    return "the end of its output"


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]
