"""Redirect a program's calls to the explorer, by renaming what its objects refer to.

A function that the program itself defines keeps its name.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from grader.errors import GraderError
from grader.exploring.library import HERE, Target, names_table
from grader.exploring.symbols import LIST_SYMBOLS, read_symbols
from grader.paths import Tree
from grader.run import Limits, run

_LIMITS = Limits(seconds=60, output_bytes=4 << 20, memory_bytes=4 << 30, file_bytes=256 << 20)


def defined_names(objects: Sequence[Path], target: Target = HERE) -> set[str]:
    """Return the names that the objects define for others."""
    symbols = read_symbols(_call(target, "readelf", [*LIST_SYMBOLS, *objects]))
    return {symbol.name for symbol in symbols if symbol.is_defined and symbol.is_for_others}


def redirect_calls(tree: Tree, objects: Sequence[Path], main: str, target: Target = HERE) -> set[str]:
    """Rename in these objects; `main` is what their main is called from then on.

    Return the names that they define.
    """
    own = defined_names(objects, target)
    table = objects[0].with_suffix(".names")
    table.write_text(names_table(tree, own) + f"main {main}\n")
    for file in objects:
        _call(target, "objcopy", [f"--redefine-syms={table}", file])
    table.unlink()
    return own


def _call(target: Target, tool: str, arguments: Sequence[str | Path]) -> str:
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
    finished = run([target.tool(tool), *arguments], _LIMITS, cwd=Path.cwd(), env=environment)
    if finished.timed_out or finished.status != 0:
        words = finished.output.strip().partition("\n")[0]
        raise GraderError(
            f"{tool} can't do what the explorer needs: {words}", "GNU binutils can: is another one first on PATH?"
        )
    return finished.output
