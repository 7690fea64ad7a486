"""Build the explorer's libraries once, and again when their sources have changed.

libexplorer.a is the explorer. libcfutures_explored.a is cfutures as shipped, made
so that the explorer controls it, for programs that use it. libwb_explored.a runs
an exercise's tests.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GraderError
from grader.files import alone
from grader.paths import Tree
from grader.run import Limits, run
from grader.toolchain import Compiler

_LIMITS = Limits(seconds=300)
_INPUTS = (
    *("explorer", "cfutures/include", "cfutures/src", "cfutures/CMakeLists.txt"),
    *("exercises/support/explored", "exercises/support/src", "exercises/support/CMakeLists.txt"),
    "exercises/support/wb_test.h",
)
_TARGETS = ("explorer", "cfutures_explored", "wb_explored")
# Our own objects: `main` becomes what the explorer calls, as in a program that is explored.
_OURS = {"cfutures": "explorer/libcfutures_explored.a", "runner": "exercises/support/libwb_explored.a"}

# What the runner's files share among themselves: a learner's function may have these names.
_PRIVATE = ("checks_begin", "checks_misuse", "gate_look", "work_takes_time")


@dataclass(frozen=True)
class Target:
    """The machine that programs are built for: this one, or one that an emulator stands in for."""

    name: str = ""
    binutils: str = ""  # what the names of objcopy and readelf begin with
    cmake: tuple[str, ...] = ()  # options that tell CMake of it
    emulator: tuple[str, ...] = ()  # what starts a program

    def tool(self, name: str) -> Path:
        """Return the path of one of binutils."""
        found = shutil.which(f"{self.binutils}{name}")
        if not found:
            raise GraderError(f"{self.binutils}{name} was not found.", "Install it: `apt-get install binutils`.")
        return Path(found)


HERE = Target()


@dataclass(frozen=True)
class Libraries:
    """What an explored program is linked with, and for which machine."""

    cfutures: Path
    explorer: Path
    runner: Path
    identity: str  # changes when they do
    target: Target = HERE


def names_table(tree: Tree, own: Container[str] = ()) -> str:
    """Return what objcopy renames: the calls that go to the explorer.

    What the program defines itself (`own`) keeps its name.
    """
    names = (tree.home / "explorer" / "src" / "names.txt").read_text(encoding="ascii").split()
    return "".join(f"{name} xpi_{name}\n" for name in names if name not in own)


def instrument_flags(tree: Tree) -> list[str]:
    """Return the compiler flags that put a call before each access to memory."""
    return (tree.home / "explorer" / "instrument_flags.txt").read_text(encoding="ascii").split()


def explorer_libraries(tree: Tree, compiler: Compiler, target: Target = HERE) -> Libraries:
    """Return the libraries, built by this compiler."""
    folder = tree.home / "build" / "grader" / "-".join(filter(None, ("explorer", target.name)))
    stamp = _stamp(tree, compiler)
    libraries = Libraries(
        cfutures=folder / "cfutures.a",
        explorer=folder / "explorer" / "libexplorer.a",
        runner=folder / "runner.a",
        identity=stamp,
        target=target,
    )
    stamp_file = folder / "stamp"
    if not _is(stamp_file, stamp):
        with alone(folder / "lock"):
            if not _is(stamp_file, stamp):  # still not, after waiting for another one
                _build(tree, compiler, target, folder)
                stamp_file.write_text(stamp)
    return libraries


def _is(stamp_file: Path, stamp: str) -> bool:
    return stamp_file.is_file() and stamp_file.read_text() == stamp


def _build(tree: Tree, compiler: Compiler, target: Target, folder: Path) -> None:
    cmake = shutil.which("cmake")
    if not cmake:
        raise GraderError("CMake was not found.", "`./workbook doctor` says how to get it.")
    table = folder / "names"
    own = "".join(f"{name} wbi_{name}\n" for name in _PRIVATE)
    table.write_text(names_table(tree) + "main xp_program_main\n" + own)
    steps: list[list[str | Path]] = [
        [cmake, "--preset", "release", "-B", folder, f"-DCMAKE_C_COMPILER={compiler.path}",
         "-DWORKBOOK_TESTS=OFF", *target.cmake],
        [cmake, "--build", folder, "--target", *_TARGETS],
    ]  # fmt: skip
    for name, built in _OURS.items():
        renaming = f"--redefine-syms={table}"
        steps.append([target.tool("objcopy"), renaming, folder / built, folder / f"{name}.a"])
    for step in steps:
        finished = run(step, _LIMITS, cwd=tree.home, env={**os.environ, "LC_ALL": "C"})
        if finished.status != 0:
            raise GraderError(f"The explorer can't be built: {_reason(finished.output)}")


def _reason(output: str) -> str:
    """Return the first line that tells of an error, else the last words."""
    lines = output.strip().splitlines()
    return next((line.strip() for line in lines if "error" in line.lower()), output.strip()[-300:])


def _stamp(tree: Tree, compiler: Compiler) -> str:
    digest = hashlib.sha256(" ".join([compiler.identity, *_PRIVATE]).encode())
    for name in _INPUTS:
        path = tree.home / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "tests" not in file.parts:
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
