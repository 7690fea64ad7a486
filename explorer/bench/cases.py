"""The programs that are measured, and how each peer builds and runs one."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from grader.exploring.library import explorer_libraries
from grader.exploring.outcome import explore
from grader.exploring.program import ProgramBuilder
from grader.paths import HOME, Tree
from grader.toolchain import find_compiler

BENCH = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """A program, or one of several that a source makes with different flags."""

    name: str
    source: str
    flags: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """Return the source."""
        return BENCH / self.source


CASES = (
    Case("small: 3 workers, about 50 switch points", "small.c"),
    Case("small, with 8 MiB of static data", "small.c", ("-DSTATIC_MIB=8",)),
    Case("pool: 16 workers, 64 tasks", "pool.c"),
    *(
        Case(f"memory: {pattern}, {kib} KiB", "arrays.c", (f"-D{pattern.upper()}", f"-DELEMENTS={kib << 8}"))
        for pattern in ("fill", "copy", "scatter", "sort")
        for kib in (3, 192)
    ),
    Case("memory: matrix, 3 x 8 KiB", "matrix.c", ("-DSIZE=32",)),
    Case("memory: matrix, 3 x 128 KiB", "matrix.c", ("-DSIZE=128",)),
)


class Built(Protocol):
    """A program, built for one explorer."""

    def rate(self, schedules: int, seed: int) -> float:
        """Return the schedules a second of one run, all of them sampled."""


def processor_seconds(work: Callable[[], object]) -> float:
    """Return the processor time that was taken by the processes which some work started and awaited."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


@dataclass(frozen=True)
class BuiltByUs:
    """A program that our explorer controls, with more options for it."""

    program: Path
    options: tuple[tuple[str, object], ...] = ()

    def rate(self, schedules: int, seed: int) -> float:
        options = {"mode": "default", "sample_only": 1, "schedules": schedules, "seed": seed, "seconds": 60}
        return schedules / processor_seconds(lambda: self._search(options | dict(self.options)))

    def _search(self, options: Mapping[str, object]) -> None:
        outcome = explore(self.program, options)
        if outcome.bug:
            raise SystemExit(f"{self.program}: {outcome.bug.text}. Only clean programs can be measured.")
        if outcome.stopped_by == "seconds":
            raise SystemExit(f"{self.program}: {options['schedules']} schedules take too long.")


@dataclass(frozen=True)
class BuiltByPeer:
    """A program that another explorer controls, which is told what to do by XR_... variables."""

    program: Path

    def rate(self, schedules: int, seed: int) -> float:
        told = {"XR_N": str(schedules), "XR_SEED": str(seed), "XR_STOP": "0", "XR_TIME": "60"}
        return schedules / processor_seconds(lambda: self._search({**os.environ, **told}))

    def _search(self, environment: Mapping[str, str]) -> None:
        done = subprocess.run([self.program], env=environment, capture_output=True, text=True, check=False)
        if f"{environment['XR_N']} schedules in" not in done.stderr:
            raise SystemExit(f"{self.program} did not do what it was told: {done.stderr[-300:]}")


class OurBuilder:
    """Builds for our explorer, as `./workbook explore` does."""

    def __init__(self) -> None:
        tree, compiler = Tree(HOME), find_compiler()
        self._builder = ProgramBuilder(tree, compiler, explorer_libraries(tree, compiler))

    def build(self, case: Case, folder: Path) -> Path:
        """Return the program."""
        return self._builder.build([case.path], case.flags, folder).path


class PeerBuilder:
    """Builds for a peer: one C source, and a table of names for objcopy."""

    def __init__(self, source: Path, names: Path, folder: Path) -> None:
        self._names = names
        self._object = folder / "peer.o"
        _call("gcc", "-O2", "-g", "-w", "-pthread", "-c", source, "-o", self._object)

    def build(self, case: Case, folder: Path) -> Path:
        """Return the program."""
        compiled, program = folder / "peer_program.o", folder / "peer_program"
        instrumented = ("-g", "-O0", "-w", "-fsanitize=thread", "-fno-pie")
        _call("gcc", *instrumented, *case.flags, "-c", case.path, "-o", compiled)
        _call("objcopy", f"--redefine-syms={self._names}", compiled)
        _call("gcc", "-no-pie", "-g", "-o", program, compiled, self._object, "-Wl,-z,now", "-lm", "-pthread")
        return program


def _call(*command: str | Path) -> None:
    subprocess.run(command, check=True)


def named(words: Sequence[str]) -> list[Case]:
    """Return the cases whose names contain one of the words; all without words."""
    return [case for case in CASES if not words or any(word in case.name for word in words)]
