"""The steps of `./workbook selftest`, in the order in which they run.

What fails soonest comes first. Builds have folders of their own below
build/selftest, so that they meet neither a developer's nor the grader's.
docs/authoring.md says how the numbers of repetitions were chosen.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace

from grader.authoring.explorer_steps import full_explorer_steps, usual_explorer_step
from grader.authoring.python_tests import MODULES, pytest
from grader.authoring.step import Step
from grader.authoring.submissions import SOLUTIONS, WRONG
from grader.course import Course
from grader.paths import Tree

SOLUTION_RUNS = 50
# How many lessons' solutions are run so often in every selftest: those that every learner meets
# first. The other lessons' are, too, but with --full only.
LESSONS_REPEATED = 2
WRONG_RUNS = 1  # besides that of dev check
REPLAYS = 3
FULL_SOLUTION_RUNS = 1000
FULL_WRONG_RUNS = 50
FULL_REPLAYS = 100
# For limits only: many times what a slow machine needs.
_SECONDS_TO_COMPILE = 10
_SECONDS_A_RUN = 5

# Busy loops, one a core, for as long as the command that replaces this shell
# lives; the loops' own limit of CPU time is for the case that nobody kills them.
_UNDER_LOAD = """
leader=$$
loops=$1; shift
while [ "$loops" -gt 0 ]; do
    (ulimit -t 3600; while kill -0 "$leader" 2>/dev/null; do :; done) >/dev/null &
    loops=$((loops - 1))
done
exec "$@"
"""
# Some kernels move addresses about more than the thread sanitizer of an older
# compiler bears; then it runs only without that.
_WITHOUT_RANDOM_ADDRESSES = 'if setarch -R true 2>/dev/null; then exec setarch -R "$@"; else exec "$@"; fi'

# As in the test presets of CMakePresets.json: our own tests, and the sanitizers strict;
# those of the explorer are a step of their own.
_CTEST_OPTIONS = (
    *("--label-exclude", "^(exercise|explorer)$", "--no-tests=error"),
    *("--output-on-failure", "--timeout", "120"),
)
_SANITIZER_OPTIONS = {
    "ASAN_OPTIONS": "detect_stack_use_after_return=1",
    "TSAN_OPTIONS": "halt_on_error=1:second_deadlock_stack=1",
}


def usual_steps(course: Course, jobs: int) -> Iterator[Step]:
    """Yield the steps of every selftest."""
    yield from _languages()
    yield from _builds_and_tests(jobs)
    yield _coverage(course.tree, jobs)
    yield usual_explorer_step(course.tree, jobs)
    yield _grader_tests(course.tree, jobs)
    yield Step(
        "course", "dev check finds nothing", (_dev_check(course.tree, jobs),), 900, env=_python(course.tree)
    )
    first = tuple(e.key for lesson in course.lessons[:LESSONS_REPEATED] for e in lesson.exercises)
    yield from _solutions("", course, first, SOLUTION_RUNS, jobs)
    yield _wrong("wrong", course, (), WRONG_RUNS, jobs)
    yield _replays("replays", course, (), REPLAYS, jobs)


def full_steps(course: Course, jobs: int) -> Iterator[Step]:
    """Yield the long ones; the repetitions an exercise at a time, so that they can be resumed."""
    yield from full_explorer_steps(course.tree, jobs)
    for exercise in course.exercises:
        slug = "-" + exercise.key.replace("/", "-")
        yield from _solutions(slug, course, (exercise.key,), FULL_SOLUTION_RUNS, jobs)
        yield _wrong(f"wrong{slug}", course, (exercise.key,), FULL_WRONG_RUNS, jobs)
        yield _replays(f"replays{slug}", course, (exercise.key,), FULL_REPLAYS, jobs)


# ----- shell and Python -----


def _languages() -> Iterator[Step]:
    shell = ("shellcheck", "workbook", ".ci/run")
    yield Step("shell", "shellcheck has nothing to say", (shell,), 60, needs=("shellcheck",))
    mypy = (sys.executable, "-m", "mypy", "--strict", "--config-file", "grader/pyproject.toml")
    files = ("--cache-dir", "build/selftest/mypy", "grader/src/grader")
    env = {"MYPYPATH": "grader/src"}
    yield Step(
        "types", "mypy --strict has nothing to say", ((*mypy, *files),), 180, modules=("mypy",), env=env
    )


def _grader_tests(tree: Tree, jobs: int) -> Step:
    return Step(
        "grader",
        "the grader's own tests pass",
        (pytest(jobs, "grader/tests"),),
        480,
        modules=MODULES,
        env=_python(tree),
    )


# ----- C -----


def _builds_and_tests(jobs: int) -> Iterator[Step]:
    warnings = ("-DCMAKE_COMPILE_WARNING_AS_ERROR=ON",)
    for compiler in ("gcc", "clang"):
        says = f"everything builds with {compiler}, without a warning"
        commands = _build("dev", f"dev-{compiler}", jobs, f"-DCMAKE_C_COMPILER={compiler}", *warnings)
        yield Step(f"build-{compiler}", says, commands, 180, needs=(compiler, "cmake"))
    yield _tests("dev", "dev-gcc", "the C tests pass", (), jobs)
    yield _tests(
        "asan", "asan", "the C tests pass under the address and undefined-behaviour sanitizers", (), jobs
    )
    yield _tests("tsan", "tsan", "the C tests pass under the thread sanitizer", (), jobs)
    portable = ("-DCFUTURES_PORTABLE=ON", *warnings)
    yield _tests("dev", "portable", "the C tests pass where there is no futex", portable, jobs)


def _build(preset: str, folder: str, jobs: int, *options: str) -> tuple[tuple[str, ...], ...]:
    place = f"build/selftest/{folder}"
    return (
        ("cmake", "--preset", preset, "-B", place, *options),
        ("cmake", "--build", place, "--parallel", str(jobs)),
    )


def _tests(preset: str, folder: str, says: str, options: tuple[str, ...], jobs: int) -> Step:
    place = f"build/selftest/{folder}"
    around = ("/bin/sh", "-c", _WITHOUT_RANDOM_ADDRESSES, "sh") if preset == "tsan" else ()
    # Not `ctest --preset`: it would go on in the preset's own folder.
    ctest = (*around, "ctest", "--test-dir", place, "--parallel", str(jobs), *_CTEST_OPTIONS)
    name = f"test-{folder.partition('-')[0]}"
    commands = (*_build(preset, folder, jobs, *options), ctest)
    return Step(name, says, commands, 240, needs=("cmake", "ctest"), env=_SANITIZER_OPTIONS)


# ----- repetitions -----


def _solutions(
    slug: str, course: Course, keys: tuple[str, ...], runs: int, jobs: int
) -> Iterator[Step]:
    """Yield a step for each kind of bad luck that a machine may bring."""
    step = _repeated("", "", course, keys, SOLUTIONS, runs, jobs)
    whose = "the solution gets" if len(keys) == 1 else "the first lessons' solutions get"
    cores = os.cpu_count() or 1
    first = min(os.sched_getaffinity(0))
    for name, says, needs, commands in (
        ("loaded", "with all cores busy", (), [busy(cores, command) for command in step.commands]),
        ("pinned", "on one core", ("taskset",), [("taskset", "-c", str(first), *c) for c in step.commands]),
        ("nice", "at the lowest priority", ("nice",), [("nice", "-n", "19", *c) for c in step.commands]),
    ):
        yield replace(
            step,
            name=f"{name}{slug}",
            says=f"{whose} full score, {runs} of {runs}, {says}",
            commands=tuple(commands),
            needs=needs,
            seconds=3 * step.seconds,
        )


def busy(loops: int, command: tuple[str, ...]) -> tuple[str, ...]:
    """Return a command that runs another beside so many busy loops."""
    return ("/bin/sh", "-c", _UNDER_LOAD, "sh", str(loops), *command)


def _wrong(name: str, course: Course, keys: tuple[str, ...], runs: int, jobs: int) -> Step:
    says = f"every wrong submission gets its declared verdict, {runs} of {runs}"
    return _repeated(name, says, course, keys, WRONG, runs, jobs)


def _replays(name: str, course: Course, keys: tuple[str, ...], runs: int, jobs: int) -> Step:
    says = f"every order that showed a bug shows it again, {runs} of {runs}"
    step = _repeated(name, says, course, keys, WRONG, runs, jobs)
    options = ("--aspect", "replays", "--repeat", str(runs))
    return replace(step, commands=((*_dev_check(course.tree, jobs), *options, *keys),))


def _repeated(
    name: str, says: str, course: Course, keys: tuple[str, ...], kind: str, runs: int, jobs: int
) -> Step:
    options = ("--aspect", "grading", "--submissions", kind, "--repeat", str(runs))
    files = sum(len(e.wrong) if kind == WRONG else 1 for e in course.exercises if not keys or e.key in keys)
    limit = 120 + files * (_SECONDS_TO_COMPILE + runs * _SECONDS_A_RUN)
    return Step(
        name, says, ((*_dev_check(course.tree, jobs), *options, *keys),), limit, env=_python(course.tree)
    )


def _coverage(tree: Tree, jobs: int) -> Step:
    command = (sys.executable, "-P", "-m", "grader", "dev", "coverage", "--missed", "--jobs", str(jobs))
    says = "the library's own tests run enough of it"
    return Step("coverage", says, (command,), 300, needs=("gcc", "gcov", "cmake"), env=_python(tree))


def _dev_check(tree: Tree, jobs: int) -> tuple[str, ...]:
    root = ("--root", str(tree.root)) if tree.root != tree.home else ()
    return (sys.executable, "-P", "-m", "grader", *root, "dev", "check", "--jobs", str(jobs))


def _python(tree: Tree) -> dict[str, str]:
    return {"PYTHONPATH": str(tree.home / "grader" / "src")}
