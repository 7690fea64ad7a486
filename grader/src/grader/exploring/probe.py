"""Try the explorer on code that is right and on code that is not, before it judges anybody's."""

from __future__ import annotations

import tempfile
from pathlib import Path

from grader.errors import GraderError
from grader.exploring.exercise import ExerciseExplorer
from grader.exploring.library import Libraries, explorer_libraries
from grader.exploring.outcome import explore
from grader.exploring.program import DidNotCompile, ProgramBuilder
from grader.files import write_atomically
from grader.paths import Tree
from grader.toolchain import Compiler

_PROBE = Path(__file__).with_name("probe.c")
_SCHEDULES = 40
# What is asked of it: the flags, and the kind of bug to be found, or None.
_CASES = (((), None), (("-DUNLOCKED",), "race"))


def exercise_explorer(tree: Tree, compiler: Compiler) -> ExerciseExplorer:
    """Return what explores exercises; where that can't be done, it says why."""
    try:
        libraries = explorer_libraries(tree, compiler)
    except GraderError as error:
        return ExerciseExplorer(tree, compiler, None, f"Without the explorer: {error.message}")
    file = tree.home / "build" / "grader" / "explorer" / f"probed-{libraries.identity[:16]}"
    if not file.is_file():
        write_atomically(file, _problem(tree, compiler, libraries).encode())
    return ExerciseExplorer(tree, compiler, libraries, file.read_text())


def _problem(tree: Tree, compiler: Compiler, libraries: Libraries) -> str:
    """Return why the explorer can't be believed here, or ''."""
    builder = ProgramBuilder(tree, compiler, libraries)
    with tempfile.TemporaryDirectory(prefix="probing-") as folder:
        for flags, expected in _CASES:
            try:
                program = builder.build([_PROBE], flags, Path(folder))
                bug = explore(program.path, {"schedules": _SCHEDULES, "seconds": 60}).bug
            except (GraderError, DidNotCompile) as error:
                return f"The explorer does not work on this machine: {error}."
            seen = bug.kind if bug else None
            if seen != expected:
                return f"The explorer does not work on this machine: it saw {seen}, not {expected}."
    return ""
