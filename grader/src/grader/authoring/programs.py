"""Compile with every compiler there is, and run the programs of a lesson."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GraderError
from grader.paths import Tree
from grader.run import REPORT_FD, Finished, Limits, run

# Both warn of different things. The first that is there makes what is run.
COMPILERS = ("gcc", "clang")
_FOR_MODULES = ("#", "-Wl,", "-l", "-nodefaultlibs")
_TELLING = re.compile(r"error:|undefined reference")
_COMPILE_LIMITS = Limits(seconds=60)
_RUN_LIMITS = Limits(seconds=20, output_bytes=64 * 1024)


@dataclass(frozen=True)
class Printed:
    """What a program did."""

    output: str  # standard output alone
    problem: str  # why the run was no good, or ''


class Workbench:
    """Compiles and runs programs in a scratch folder."""

    def __init__(self, tree: Tree, scratch: Path) -> None:
        self._tree = tree
        self._scratch = scratch
        self._flags = _compile_flags(tree)
        self._library = _built_library(tree)
        self._compilers = [found for name in COMPILERS if (found := shutil.which(name))]

    def compile(self, source: Path) -> tuple[Path | None, str]:
        """Compile with every compiler there is; return the program, or why there is none."""
        program: Path | None = None
        for compiler in self._compilers:
            out = self._scratch / f"{source.parent.name}-{source.stem}-{Path(compiler).name}"
            complaint = self._call(compiler, source, self._library, "-o", out)
            if complaint:
                return None, complaint
            program = program or out
        return program, "" if program else "no compiler was found"

    def complaint(self, source: Path, headers: Path) -> str:
        """Return the first error or warning that any compiler has about a file, or ''."""
        options = ("-fsyntax-only", f"-I{headers}", f"-I{self._tree.support}")
        complaints = (self._call(compiler, *options, source) for compiler in self._compilers)
        return next((complaint for complaint in complaints if complaint), "")

    def _call(self, compiler: str, *arguments: str | Path) -> str:
        """Return what a compiler complains of, or ''."""
        includes = f"-I{self._tree.library / 'include'}"
        command = [compiler, *self._flags, "-Werror", "-O1", "-pthread", includes, *arguments]
        finished = run(command, _COMPILE_LIMITS, cwd=self._scratch)
        if finished.status == 0 and not finished.timed_out:
            return ""
        words = finished.output.replace(f"{self._tree.root}/", "").splitlines()
        telling = next((line for line in words if _TELLING.search(line)), "no reason given")
        return f"{Path(compiler).name}: {telling.strip()}"

    def run(self, program: Path, arguments: Sequence[str] = ()) -> Printed:
        """Run a program once, without input."""
        # The report's descriptor takes standard output, so that it is not mixed
        # with what goes to standard error.
        order = f'exec "$@" >/dev/fd/{REPORT_FD}'
        finished = run(["/bin/sh", "-c", order, "sh", program, *arguments], _RUN_LIMITS, cwd=self._scratch)
        return Printed(finished.report, _problem(finished))


def _compile_flags(tree: Tree) -> list[str]:
    """Return the flags of learners' code, without those that make a module of it."""
    lines = (tree.support / "compile_flags.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith(_FOR_MODULES)]


def _problem(finished: Finished) -> str:
    if finished.timed_out:
        return f"it did not end within {_RUN_LIMITS.seconds:.0f} s"
    last_words = finished.output.strip().splitlines()[-1:]
    said = f" ({last_words[0]})" if last_words else ""
    if finished.status < 0:
        return f"signal {-finished.status} ended it{said}"
    return f"it ended with status {finished.status}{said}" if finished.status else ""


def _built_library(tree: Tree) -> Path:
    """Return cfutures as the test runner's build made it."""
    found = sorted((tree.runners / "release").rglob("libcfutures.a"))
    if not found:
        raise GraderError("cfutures is not built.", "Delete build/grader and run the command again.")
    return found[0]
