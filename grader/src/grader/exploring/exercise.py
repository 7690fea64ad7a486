"""Run an exercise's tests under the explorer: one test a program run.

The program is the test, the code under test, `exercises/support/explored` as
the runner, cfutures and the explorer. It lies in the cache with copies of the
sources, so that places in it can be shown whatever becomes of the files.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GraderError
from grader.exploring.library import Libraries
from grader.exploring.outcome import Budget, Outcome, Trace, explore
from grader.exploring.program import Program
from grader.paths import Tree
from grader.run import Limits, run
from grader.source import Source
from grader.toolchain import Compiler

_LIMITS = Limits(seconds=60, memory_bytes=4 << 30, file_bytes=256 << 20)
_SECONDS = 120.0  # real time for one test: a safety, never a criterion
_SLACK_SECONDS = 5.0  # beyond that, for one order: the program's start and its report
DEFAULT_ORDER = Trace("default", 1, (), ())


@dataclass(frozen=True)
class ExerciseExplorer:
    """What links and runs explored tests; `not_measurable`: why it can't here, or ''."""

    tree: Tree
    compiler: Compiler
    libraries: Libraries | None
    not_measurable: str = ""

    def link(self, tests: Path, code: Path, sources: Sequence[Source]) -> Program:
        """Link two modules of the flavour `explored`; `sources` are what they were made of."""
        assert self.libraries, self.not_measurable
        parts = "\n".join([self.libraries.identity, tests.name, code.name])
        folder = self.tree.cache / hashlib.sha256(parts.encode()).hexdigest()[:40]
        program = Program(folder / "program", tuple(folder / source.path.name for source in sources))
        if not program.path.exists():
            with tempfile.TemporaryDirectory(prefix="linking-", dir=self.tree.cache) as scratch:
                made = Path(scratch) / "made"
                made.mkdir()
                self._link([tests, code], made / "program", self.libraries)
                for source in sources:
                    (made / source.path.name).write_bytes(source.data)
                with suppress(OSError):  # another grader was faster
                    os.rename(made, folder)
        return program

    def _link(self, objects: Sequence[Path], program: Path, libraries: Libraries) -> None:
        finished = run(
            [self.compiler.path, "-no-pie", "-o", program, *objects, libraries.runner, libraries.cfutures,
             libraries.explorer, "-Wl,-z,now", "-Wl,-u,xp_program_main", "-lm", "-pthread"],
            _LIMITS, cwd=program.parent, env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
        )  # fmt: skip
        if finished.status != 0 or finished.timed_out:
            raise GraderError(f"The explored program can't be linked:\n{finished.output.strip()[-600:]}")

    def first(self, program: Program, test: str, seconds: float) -> Outcome:
        """Run a test once, in the default order, and keep its output; `seconds` of real time are a safety."""
        options = {"heap": 0, "leaks": 0, "output": 1, "seconds": seconds}  # memory is for others to judge
        return self._run(program, [test], options, DEFAULT_ORDER)

    def memory(self, program: Program, test: str) -> Outcome:
        """Run a test once, in the default order, and look at its memory."""
        return self._run(program, [test], {"leaks": 1}, DEFAULT_ORDER)

    def clock(self, program: Program, test: str) -> Outcome:
        """Run a test once, in the default order, on the virtual clock."""
        options = {"heap": 0, "leaks": 0}  # memory is for others to judge
        return self._run(program, clock_arguments(test), options, DEFAULT_ORDER)

    def search(self, program: Program, test: str, budget: Budget, *, leaks: bool) -> Outcome:
        """Run a test in many orders, until something is wrong."""
        options = {"schedules": budget.schedules, "seed": budget.seed, "leaks": int(leaks)}
        return self._run(program, [test], options)

    def _run(
        self,
        program: Program,
        arguments: list[str],
        options: Mapping[str, object],
        trace: Trace | None = None,
    ) -> Outcome:
        """Run the program in a folder of its own; `trace`: the only order to be run."""
        with tempfile.TemporaryDirectory(prefix="workbook-") as folder:
            wanted: dict[str, object] = {"seconds": _SECONDS, **options}
            if not trace:
                return explore(program.path, wanted, arguments, scratch=Path(folder))
            file = Path(folder) / "trace"
            file.write_text(trace.to_text())
            return explore(
                program.path, {**wanted, "trace": file}, arguments,
                scratch=Path(folder), more_seconds=_SLACK_SECONDS,
            )  # fmt: skip


def clock_arguments(test: str) -> list[str]:
    """Return how the runner is told that slow work takes its time."""
    return ["--clock", test]
