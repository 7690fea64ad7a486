"""Build the explorer's libraries once, and again when their sources have changed.

libexplorer.a is the explorer. libcfutures_explored.a is cfutures as shipped, made
so that the explorer controls it, for programs that use it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GraderError
from grader.paths import Tree
from grader.run import Limits, run
from grader.toolchain import Compiler

_LIMITS = Limits(seconds=300)
_INPUTS = ("explorer", "cfutures/include", "cfutures/src", "cfutures/CMakeLists.txt")
_TARGETS = ("explorer", "cfutures_explored")


@dataclass(frozen=True)
class Libraries:
    """What an explored program is linked with, and how its calls are renamed."""

    cfutures: Path
    explorer: Path


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
    built = folder / "explorer"
    libraries = Libraries(built / "libcfutures_renamed.a", built / "libexplorer.a")
    stamp_file = folder / "stamp"
    stamp = _stamp(tree, compiler)
    if stamp_file.is_file() and stamp_file.read_text() == stamp:
        return libraries
    table = folder / "names"
    cmake = shutil.which("cmake")
    if not cmake:
        raise GraderError("CMake was not found.", "`./workbook doctor` says how to get it.")
    folder.mkdir(parents=True, exist_ok=True)
    table.write_text(names_table(tree))
    for step in (
        [cmake, "--preset", "release", "-B", str(folder), f"-DCMAKE_C_COMPILER={compiler.path}",
         "-DWORKBOOK_TESTS=OFF"],
        [cmake, "--build", str(folder), "--target", *_TARGETS],
        ["objcopy", f"--redefine-syms={table}", str(built / "libcfutures_explored.a"), str(libraries.cfutures)],
    ):  # fmt: skip
        finished = run(step, _LIMITS, cwd=tree.home, env={**os.environ, "LC_ALL": "C"})
        if finished.status != 0:
            raise GraderError(f"The explorer can't be built:\n{finished.output.strip()[-600:]}")
    stamp_file.write_text(stamp)
    return libraries


def _stamp(tree: Tree, compiler: Compiler) -> str:
    digest = hashlib.sha256(compiler.identity.encode())
    for name in _INPUTS:
        path = tree.home / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "tests" not in file.parts:
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
