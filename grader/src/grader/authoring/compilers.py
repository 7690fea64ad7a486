"""Aspect `compilers`: skeletons, solutions and tests please every compiler there is.

The grader uses one compiler; learners may have another, and each warns of
different things. (Lesson programs: aspect `outputs`.)
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from grader.authoring.finding import Finding, Settings
from grader.authoring.programs import Workbench
from grader.authoring.scope import Scope
from grader.course import Exercise
from grader.setup import set_up


def check_compilers(scope: Scope, settings: Settings) -> Iterator[Finding]:
    """Have each exercise's files read by each compiler."""
    set_up(scope.tree, settings.progress)
    with tempfile.TemporaryDirectory(prefix="workbook-") as scratch, ThreadPoolExecutor(
        settings.jobs
    ) as threads:
        bench = Workbench(scope.tree, Path(scratch))
        work = [
            (path, scope.tree.exercise(e.key).parent) for e in scope.exercises for path in _files(scope, e)
        ]
        settings.progress(f"{len(work)} files are read by each compiler")
        complaints = threads.map(lambda file: bench.complaint(*file), work)
        for (path, _), complaint in zip(work, complaints, strict=True):
            if complaint:
                yield Finding(
                    scope.tree.shown(path), f"a compiler warns ({complaint})", "mend what it warns of"
                )


def _files(scope: Scope, exercise: Exercise) -> Iterator[Path]:
    tree = scope.tree
    for path in (tree.exercise(exercise.key), tree.test(exercise.key), tree.solution(exercise.key)):
        if path.is_file():
            yield path
