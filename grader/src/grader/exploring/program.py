"""Build a program so that the explorer controls it.

The source stays as it is. The compiler is told to put a call before each access
to memory (`-fsanitize=thread`), libtsan is replaced by the explorer's library,
and the names in `explorer/src/names.txt` (pthread_create, malloc, sleep, ...)
are renamed in the program's objects, so that its calls go to the explorer. A
function that the program itself defines keeps its name.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GraderError, UsageError
from grader.exploring.calls import redirect_calls
from grader.exploring.library import Libraries, instrument_flags
from grader.paths import Tree
from grader.run import Finished, Limits, run
from grader.toolchain import Compiler

_LIMITS = Limits(seconds=60, output_bytes=64 * 1024, memory_bytes=4 << 30, file_bytes=256 << 20)
# Of the program alone; explorer/instrument_flags.txt has the rest.
_FLAGS = ("-std=gnu11", "-pthread", "-fdiagnostics-color=never")


@dataclass(frozen=True)
class Program:
    """A program that the explorer controls, and what it was made from."""

    path: Path
    sources: tuple[Path, ...]


class DidNotCompile(Exception):
    """The program has no explorer to meet: the compiler's or the linker's words."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class ProgramBuilder:
    """Builds with one compiler, against the explorer and an explored cfutures."""

    def __init__(self, tree: Tree, compiler: Compiler, libraries: Libraries) -> None:
        self._tree = tree
        self._compiler = compiler
        self._libraries = libraries
        self._flags = [
            *_FLAGS,
            *instrument_flags(tree),
            *(f"-I{tree.home / part / 'include'}" for part in ("explorer", "cfutures")),
        ]

    def build(self, sources: Sequence[Path], flags: Sequence[str], folder: Path) -> Program:
        """Compile the sources and link them into `folder`/program."""
        for source in sources:
            if not source.is_file() or source.suffix != ".c":
                raise UsageError(f"{source} is not a C source.", "Give the path of a .c file.")
        objects = [self._object(source, flags, folder, n) for n, source in enumerate(sources)]
        if "main" not in redirect_calls(self._tree, objects, "xp_program_main", self._libraries.target):
            raise DidNotCompile("None of the files defines main().")
        program = folder / "program"
        self._call(
            [self._compiler.path, "-no-pie", "-o", program, *objects,
             self._libraries.cfutures, self._libraries.explorer, "-Wl,-z,now",
             *_libraries(flags), "-lm", "-pthread"],
            folder,
        )  # fmt: skip
        return Program(program, tuple(sources))

    def _object(self, source: Path, flags: Sequence[str], folder: Path, number: int) -> Path:
        result = folder / f"{number}.o"
        self._call(
            [self._compiler.path, *self._flags, *(flag for flag in flags if not _is_library(flag)),
             "-c", source, "-o", result],
            Path.cwd(),
        )  # fmt: skip
        return result

    def _call(self, arguments: Sequence[str | Path], folder: Path) -> Finished:
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
        finished = run(arguments, _LIMITS, cwd=folder, env=environment)
        if finished.timed_out:
            raise GraderError(f"{arguments[0]} did not end within {_LIMITS.seconds:.0f} s.")
        if finished.status != 0:
            raise DidNotCompile(finished.output.replace(f"{folder}/", ""))
        return finished


def _is_library(flag: str) -> bool:
    return flag.startswith(("-l", "-L", "-Wl,"))


def _libraries(flags: Sequence[str]) -> list[str]:
    return [flag for flag in flags if _is_library(flag)]
