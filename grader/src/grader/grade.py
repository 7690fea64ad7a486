"""Grade an exercise: compile it, judge it, and say what was found."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from grader import misconceptions
from grader.build import RUNNER_FLAVOURS, Builder, Built, Flavour
from grader.course import Course, Exercise
from grader.exploring.exercise import ExerciseExplorer
from grader.exploring.probe import exercise_explorer
from grader.model import CheckResult, ExerciseResult
from grader.setup import set_up
from grader.source import Source, read_source
from grader.stages import Compiled, Judge, Progress
from grader.taken_names import explain_taken


def _quiet(_: str) -> None:
    """Ignore progress."""


class Grader:
    """Grades exercises of one course; `progress` is told what is being done."""

    def __init__(self, course: Course, progress: Progress = _quiet) -> None:
        self._tree = course.tree
        self._progress = progress
        self._workshop = set_up(course.tree, progress)
        self._builder = Builder(course.tree, self._workshop.compiler)
        self._explorer: ExerciseExplorer | None = None
        self._lock = threading.Lock()  # guards _explorer

    def grade(self, exercise: Exercise, code: Path) -> ExerciseResult:
        """Return what is true of the code in this file."""
        return self.judge(self.compile(exercise, code))

    def compile(self, exercise: Exercise, code: Path) -> Compiled:
        """Compile a file and the exercise's tests; the flavours at the same time."""
        source = read_source(code, self._tree.shown(code))
        test_file = self._tree.test(exercise.key)
        tests = read_source(test_file, self._tree.shown(test_file))
        explorer = self._explorer_for(exercise)
        can_explore = explorer is not None and not explorer.not_measurable
        flavours = [*RUNNER_FLAVOURS, *([Flavour.EXPLORED] if can_explore else [])]
        self._progress(f"compiling {source.shown}")
        with ThreadPoolExecutor(max_workers=2) as threads:
            code_modules, test_modules = (
                {flavour: threads.submit(self._build, wanted, exercise, flavour) for flavour in flavours}
                for wanted in (source, tests)
            )
        code_built, tests_built = _results(code_modules), _results(test_modules)
        taken = explain_taken(
            self._tree, self._tree.header(exercise.key), source,
            code_built[Flavour.PLAIN], tests_built[Flavour.PLAIN],
        )  # fmt: skip
        return Compiled(exercise, source, code_built, tests_built, tests, explorer, taken)

    def _explorer_for(self, exercise: Exercise) -> ExerciseExplorer | None:
        """Make the explorer ready when the first exercise needs it."""
        if not exercise.is_explored:
            return None
        with self._lock:
            if self._explorer is None:
                self._progress("making the explorer ready (once, some seconds)")
                self._explorer = exercise_explorer(self._tree, self._workshop.compiler)
            return self._explorer

    def judge(self, compiled: Compiled) -> ExerciseResult:
        """Run the tests; call it again to run them again."""
        started = time.monotonic()
        checks = Judge(compiled, self._workshop.engine, self._progress).checks()
        checks = tuple(self._with_suggestion(check) for check in checks)
        return ExerciseResult(compiled.exercise.key, checks, time.monotonic() - started)

    def _with_suggestion(self, check: CheckResult) -> CheckResult:
        """Put what a failure suggests into words."""
        if not check.misconception:
            return check
        idea = misconceptions.load(self._tree).get(check.misconception)
        return replace(check, suggestion=idea.suggestion()) if idea else check

    def _build(self, source: Source, exercise: Exercise, flavour: Flavour) -> Built:
        if source.problem or (flavour is Flavour.ASAN and self._workshop.engine.not_measurable):
            return Built(None, source.problem)
        return self._builder.build(source, exercise.key, flavour)


def _results(futures: dict[Flavour, Future[Built]]) -> dict[Flavour, Built]:
    return {flavour: future.result() for flavour, future in futures.items()}
