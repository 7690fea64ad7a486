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


@dataclass(frozen=True)
class Libraries:
    """What an explored program is linked with, and how its calls are renamed."""

    cfutures: Path
    explorer: Path
    runner: Path
    identity: str  # changes when they do


def names_table(tree: Tree, own: Container[str] = ()) -> str:
    """Return what objcopy renames: the calls that go to the explorer.

    What the program defines itself (`own`) keeps its name.
    """
    names = (tree.home / "explorer" / "src" / "names.txt").read_text(encoding="ascii").split()
    return "".join(f"{name} xpi_{name}\n" for name in names if name not in own)


def instrument_flags(tree: Tree) -> list[str]:
    """Return the compiler flags that put a call before each access to memory."""
    return (tree.home / "explorer" / "instrument_flags.txt").read_text(encoding="ascii").split()


def explorer_libraries(tree: Tree, compiler: Compiler) -> Libraries:
    """Return the libraries, built for this compiler."""
    folder = tree.home / "build" / "grader" / "explorer"
    stamp = _stamp(tree, compiler)
    libraries = Libraries(
        cfutures=folder / "cfutures.a",
        explorer=folder / "explorer" / "libexplorer.a",
        runner=folder / "runner.a",
        identity=stamp,
    )
    stamp_file = folder / "stamp"
    if not _is(stamp_file, stamp):
        with alone(folder / "lock"):
            if not _is(stamp_file, stamp):  # still not, after waiting for another one
                _build(tree, compiler, folder)
                stamp_file.write_text(stamp)
    return libraries


def _is(stamp_file: Path, stamp: str) -> bool:
    return stamp_file.is_file() and stamp_file.read_text() == stamp


def _build(tree: Tree, compiler: Compiler, folder: Path) -> None:
    cmake = shutil.which("cmake")
    if not cmake:
        raise GraderError("CMake was not found.", "`./workbook doctor` says how to get it.")
    table = folder / "names"
    table.write_text(names_table(tree) + "main xp_program_main\n")
    for step in (
        [cmake, "--preset", "release", "-B", str(folder), f"-DCMAKE_C_COMPILER={compiler.path}",
         "-DWORKBOOK_TESTS=OFF"],
        [cmake, "--build", str(folder), "--target", *_TARGETS],
        *(["objcopy", f"--redefine-syms={table}", str(folder / built), str(folder / f"{name}.a")]
          for name, built in _OURS.items()),
    ):  # fmt: skip
        finished = run(step, _LIMITS, cwd=tree.home, env={**os.environ, "LC_ALL": "C"})
        if finished.status != 0:
            raise GraderError(f"The explorer can't be built:\n{finished.output.strip()[-600:]}")


def _stamp(tree: Tree, compiler: Compiler) -> str:
    digest = hashlib.sha256(compiler.identity.encode())
    for name in _INPUTS:
        path = tree.home / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "tests" not in file.parts:
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
