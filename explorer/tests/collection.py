"""The collection of bugs: what is expected of each pair, and what the explorer says.

Each pair in bugs/ is a broken program and its mended twin. bugs/expected.toml
tells which kinds of bug are accepted, and in which mode it must show at the
latest.
"""

from __future__ import annotations

import tempfile
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cross import compiler_for

from grader.exploring.library import HERE, Target, explorer_libraries
from grader.exploring.outcome import Outcome, explore
from grader.exploring.program import Program, ProgramBuilder
from grader.paths import HOME, Tree

BUGS = Path(__file__).parent / "bugs"
_MODES = ("default", "spurious", "hostile")
_PATIENCE = 600.0  # real seconds: it is the number of schedules that decides whether a bug is found


@dataclass(frozen=True)
class Pair:
    """A broken program, its mended twin, and what is expected of them."""

    name: str
    kinds: tuple[str, ...]
    mode: str  # the last one in which it may show

    @property
    def broken(self) -> Path:
        """Return the broken program's source."""
        return BUGS / f"{self.name}.c"

    @property
    def mended(self) -> Path:
        """Return the mended program's source."""
        return BUGS / f"{self.name}_mended.c"

    def complaint(self, outcome: Outcome) -> str:
        """Return what is wrong about what was said of the broken one, or ''."""
        if outcome.bug is None:
            return f"missed in {outcome.schedules} schedules"
        if outcome.bug.kind not in self.kinds:
            return f"called {outcome.bug.kind}: {outcome.bug.text}"
        if _MODES.index(outcome.trace.mode) > _MODES.index(self.mode):
            return f"showed only in {outcome.trace.mode} mode"
        return "" if outcome.replays else "did not show again"


@dataclass(frozen=True)
class Examined:
    """What was seen of one pair."""

    complaints: tuple[str, ...]
    seconds: float  # to compile the broken one and to find its bug


class Lab:
    """Builds programs for the explorer, and explores them: on this machine, or on one that is emulated."""

    def __init__(self, target: Target = HERE, *, on_threads: bool = False) -> None:
        tree = Tree(HOME)
        compiler = compiler_for(target)
        self._builder = ProgramBuilder(tree, compiler, explorer_libraries(tree, compiler, target))
        self._emulator = target.emulator
        self.is_on_threads = on_threads

    def build(self, source: Path, folder: Path, *flags: str, more: Sequence[Path] = ()) -> Program:
        """Build one program in a folder that exists."""
        return self._builder.build([source, *more], flags, folder)

    def explore(self, program: Program, options: Mapping[str, object], *arguments: str) -> Outcome:
        """Explore one program."""
        told = {"pthreads": int(self.is_on_threads), **options}
        return explore(program.path, told, list(arguments), emulator=self._emulator)

    def examine(self, pair: Pair, seeds: int, replays: int) -> Examined:
        """Explore both programs of a pair, and replay what was found."""
        complaints: list[str] = []
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            began = time.monotonic()
            broken = self.build(pair.broken, folder)
            self.explore(broken, {"seed": 1})
            seconds = time.monotonic() - began
            for seed in range(1, seeds + 1):
                complaints += self._broken(pair, broken, seed, replays if seed == 1 else 1)
            mended = self.build(pair.mended, folder)
            for seed in range(1, seeds + 1):
                bug = self.explore(mended, {"seed": seed}).bug
                if bug:
                    complaints.append(f"mended, seed {seed}: {bug.kind}: {bug.text}")
        return Examined(tuple(complaints), seconds)

    def _broken(self, pair: Pair, program: Program, seed: int, replays: int) -> Iterator[str]:
        outcome = self.explore(program, {"seed": seed, "seconds": _PATIENCE})
        complaint = pair.complaint(outcome)
        if complaint:
            yield f"broken, seed {seed}: {complaint}"
        if outcome.bug:
            yield from self._replays(program, outcome, replays)

    def _replays(self, program: Program, outcome: Outcome, count: int) -> Iterator[str]:
        trace = program.path.with_name("trace")
        trace.write_text(outcome.trace.to_text())
        for backend, pthreads in (("fibers", 0), ("threads", 1)):
            for n in range(count):
                again = self.explore(program, {"trace": trace, "pthreads": pthreads})
                if _verdict(again) != _verdict(outcome):
                    yield f"replay {n + 1} on {backend}: {_verdict(again)} instead of {_verdict(outcome)}"
                    break


def pairs() -> list[Pair]:
    """Return the whole collection."""
    facts = tomllib.loads((BUGS / "expected.toml").read_text())
    return [Pair(name, tuple(kinds), mode) for mode in _MODES for name, kinds in sorted(facts[mode].items())]


def _verdict(outcome: Outcome) -> tuple[object, ...]:
    bug = outcome.bug
    return (bug.kind, bug.text, *(note.pc for note in bug.notes)) if bug else ("clean",)
