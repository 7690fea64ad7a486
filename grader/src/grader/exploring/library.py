"""Build the explorer's library once, and again when its sources have changed."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from grader.errors import GraderError
from grader.paths import Tree
from grader.run import Limits, run
from grader.toolchain import Compiler

_LIMITS = Limits(seconds=300)
_INPUTS = ("explorer/src", "explorer/include", "explorer/CMakeLists.txt")


def explorer_library(tree: Tree, compiler: Compiler) -> Path:
    """Return libexplorer.a, built for this compiler."""
    folder = tree.home / "build" / "grader" / "explorer"
    library, stamp_file = folder / "explorer" / "libexplorer.a", folder / "stamp"
    stamp = _stamp(tree, compiler)
    if library.is_file() and stamp_file.is_file() and stamp_file.read_text() == stamp:
        return library
    cmake = shutil.which("cmake")
    if not cmake:
        raise GraderError("CMake was not found.", "`./workbook doctor` says how to get it.")
    for step in (
        [cmake, "--preset", "release", "-B", str(folder), f"-DCMAKE_C_COMPILER={compiler.path}",
         "-DWORKBOOK_TESTS=OFF"],
        [cmake, "--build", str(folder), "--target", "explorer"],
    ):  # fmt: skip
        finished = run(step, _LIMITS, cwd=tree.home, env={**os.environ, "LC_ALL": "C"})
        if finished.status != 0:
            raise GraderError(f"The explorer can't be built:\n{finished.output.strip()[-600:]}")
    stamp_file.write_text(stamp)
    return library


def _stamp(tree: Tree, compiler: Compiler) -> str:
    digest = hashlib.sha256(compiler.identity.encode())
    for name in _INPUTS:
        path = tree.home / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
