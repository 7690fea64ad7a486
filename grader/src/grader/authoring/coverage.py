"""Measure how much of the library its own tests run.

Builds cfutures by itself, with gcc's counters, in a folder of its own; runs
its tests on both ports; and has gcov read the counters. Needs nothing that
does not come with gcc.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.authoring.gcov import File, read_counters
from grader.errors import GraderError
from grader.run import Limits, run

# The goal, in percent. This is the only place that states it.
LEAST_LINES = 95.0
LEAST_BRANCHES = 85.0

# Counters are atomic, because many threads count. CFUTURES_COVERAGE: see
# cfutures/tests/support.c.
_FLAGS = "-O0 --coverage -fprofile-update=atomic -DCFUTURES_COVERAGE"
_LABEL = "cfutures"  # of the library's tests
_NOT_COUNTED = "_compile_"  # tests of the compiler's words: nothing is run
_LIMITS = Limits(seconds=900, output_bytes=4 * 1024 * 1024)
_SHOWN_LINES = 30


@dataclass(frozen=True)
class Tools:
    """The programs that it takes."""

    gcc: str
    gcov: str


def find_tools() -> Tools:
    """Return gcc and its gcov, or say what to install."""
    gcc, gcov = shutil.which("gcc"), shutil.which("gcov")
    if not gcc or not gcov:
        raise GraderError(
            f"Coverage is measured with gcc and its gcov; {'gcov' if gcc else 'gcc'} was not found.",
            "Install gcc, which brings both: `./workbook doctor` says how.",
        )
    return Tools(gcc, gcov)


def measure(library: Path, build: Path, jobs: int, progress: Callable[[str], None]) -> list[File]:
    """Return what the tests of the library run of its sources."""
    tools = find_tools()
    progress("building the library with counters")
    options = (f"-DCMAKE_C_COMPILER={tools.gcc}", f"-DCMAKE_C_FLAGS={_FLAGS}", "-DCFUTURES_TESTS=ON")
    _call("configured", ("cmake", "-G", "Ninja", "-S", str(library), "-B", str(build), *options), library)
    _call("built", ("cmake", "--build", str(build), "--parallel", str(jobs)), library)
    for old in build.rglob("*.gcda"):
        old.unlink()
    progress("running its tests")
    _call("tested", _ctest(build, jobs), library)
    progress("reading the counters")
    counters = sorted(build.rglob("*.gcda"))
    if not counters:
        raise GraderError("The tests left no counters.", f"Remove {build} and try again.")
    return read_counters(tools.gcov, counters, library / "src")


def _ctest(build: Path, jobs: int) -> tuple[str, ...]:
    chosen = ("--label-regex", f"^{_LABEL}$", "--exclude-regex", _NOT_COUNTED, "--no-tests=error")
    return ("ctest", "--test-dir", str(build), "-j", str(jobs), *chosen, "--output-on-failure")


def _call(done: str, command: Sequence[str], cwd: Path) -> None:
    finished = run(command, _LIMITS, cwd=cwd)
    if finished.timed_out or finished.status != 0:
        end = "\n".join(finished.output.splitlines()[-_SHOWN_LINES:])
        why = f"killed after {_LIMITS.seconds:.0f} s" if finished.timed_out else f"status {finished.status}"
        raise GraderError(f"The library can't be {done} ({why}):\n{end}")
