"""Run the examples of the failures' pages, and say with which code they fail."""

from __future__ import annotations

import shutil
import tempfile
from enum import StrEnum
from pathlib import Path

from grader import failures
from grader.checks import COMPILE, Check
from grader.course import Course, Exercise
from grader.exploring.library import explorer_libraries
from grader.exploring.outcome import explore
from grader.exploring.program import ProgramBuilder
from grader.grade import Grader
from grader.model import Kind
from grader.paths import Tree
from grader.stages import Progress
from grader.toolchain import find_compiler

_KEY = "failures/example"
_SECONDS = 5.0  # a limit that only the endless example reaches
_SCHEDULES = {"schedules": 2000, "seconds": 60, "seed": 1, "mode": "all"}


class ExplainedBy(StrEnum):
    """Who finds out what is wrong with an example."""

    GRADER = "graded"
    EXPLORER = "explored"


def _check(check_id: str, kind: Kind, tests: tuple[str, ...] = ()) -> Check:
    return Check(check_id, kind, check_id, 0, (), (COMPILE,), tests)


_EXERCISE = Exercise(
    key=_KEY,
    title="An example",
    minutes=0,
    checks=(
        Check(COMPILE, Kind.COMPILE, "It compiles", 0, ()),
        _check("answer", Kind.UNIT, ("the_answer_is_42",)),
        _check("together", Kind.TIMING, ("two_are_under_way_at_once",)),
        _check("limit", Kind.TIMING, ("never_more_than_two_are_under_way",)),
        _check("sleeps", Kind.TIMING, ("the_caller_sleeps_while_it_waits",)),
        _check("memory", Kind.MEMORY),
    ),
    skeleton_fails=(),
    wrong=(),
    seconds=_SECONDS,
)


class Examples:
    """A scratch course with one exercise, as docs/failures/example.h describes it."""

    def __init__(self, tree: Tree, scratch: Path, progress: Progress) -> None:
        self._tree = tree
        self._scratch = scratch
        own = Tree(scratch, tree.home)
        own.exercise(_KEY).parent.mkdir(parents=True)
        for name in (own.header(_KEY), own.test(_KEY)):
            shutil.copy2(failures.folder(tree) / name.name, name)
        self._grader = Grader(Course(own, ()), progress)
        compiler = find_compiler()
        libraries = explorer_libraries(tree, compiler)
        self._programs = ProgramBuilder(tree, compiler, libraries)

    def code_of(self, way: ExplainedBy, text: str) -> str:
        """Return the code of the first failure of a program, or ''."""
        with tempfile.TemporaryDirectory(dir=self._scratch) as folder:
            program = Path(folder) / "example.c"
            program.write_text(text, encoding="utf-8")
            return self._graded(program) if way is ExplainedBy.GRADER else self._explored(program)

    def _graded(self, program: Path) -> str:
        failing = self._grader.grade(_EXERCISE, program).failing()
        return failing[0].code if failing else ""

    def _explored(self, program: Path) -> str:
        with tempfile.TemporaryDirectory(dir=self._scratch) as folder:
            built = self._programs.build([program], [], Path(folder))
            bug = explore(built.path, _SCHEDULES).bug
        return failures.of_bug(bug.cause).value if bug else ""
