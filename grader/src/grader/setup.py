"""Make ready what grading needs: the compiler and the two flavours of the runner.

The runner is built by CMake, with the project's own presets, into folders of
the grader's own, so that a developer's builds and the grader's never meet. A
stamp names the sources and the compiler that a flavour was built from; as long
as it fits, nothing is started here.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.build import RUNNER_FLAVOURS, Flavour
from grader.errors import GraderError
from grader.files import alone
from grader.paths import Tree
from grader.run import Limits, run
from grader.runner import Runner
from grader.stages import Engine
from grader.toolchain import Compiler, find_compiler

_LIMITS = Limits(seconds=300)
_SOURCES = ("cfutures/include", "cfutures/src", "exercises/support")
_CMAKE_FILES = ("CMakeLists.txt", "CMakePresets.json", "cfutures/CMakeLists.txt")
_TARGET = "wb_runner"
_MOST_LINES = 6
_NOISE = re.compile(r"\[\d+/\d+\]|FAILED: |ninja: |: && |-- |/\S+ -")
_TELLING = re.compile(r"[Ee]rror|undefined reference|[Nn]ot find|[Nn]ot found|No such file|No space")


@dataclass(frozen=True)
class Workshop:
    """Everything that grading needs besides the code."""

    compiler: Compiler
    engine: Engine


def set_up(tree: Tree, progress: Callable[[str], None]) -> Workshop:
    """Return the workshop; build first what is missing or out of date."""
    compiler = find_compiler()
    stamp = _stamp(tree, compiler)
    runners = {flavour: Runner(runner_program(tree, flavour)) for flavour in RUNNER_FLAVOURS}
    problem_file = tree.runners / "asan-problem"
    stamp_file = tree.runners / "stamp"
    if not _fits(stamp_file, stamp, runners):
        with alone(tree.runners / "lock"):
            if not _fits(stamp_file, stamp, runners):  # still not, after waiting for another grader
                stamp_file.unlink(missing_ok=True)
                problem = _build_all(tree, compiler, progress)
                if not problem:
                    progress("trying out the sanitizers")
                    problem = runners[Flavour.ASAN].problem()
                problem_file.write_text(problem)
                stamp_file.write_text(stamp)
    return Workshop(compiler, Engine(runners, _read(problem_file)))


def _fits(stamp_file: Path, stamp: str, runners: Mapping[Flavour, Runner]) -> bool:
    return _read(stamp_file) == stamp and runners[Flavour.PLAIN].program.exists()


def _build_all(tree: Tree, compiler: Compiler, progress: Callable[[str], None]) -> str:
    """Build both flavours. Return why there is no asan one, or ''."""
    progress("building the test runner (once, some seconds)")
    words = _build(tree, compiler, Flavour.PLAIN)
    if not words:
        progress("building the test runner with sanitizers (once, some seconds)")
        words = _build(tree, compiler, Flavour.ASAN)
        if words and not _has_sanitizers(tree, compiler):
            return f"{compiler.name} has no sanitizers here: `./workbook doctor` says what to install."
    if words:
        raise GraderError(
            f"The test runner can't be built:\n{words}", "`./workbook doctor` looks for the cause."
        )
    return ""


def _has_sanitizers(tree: Tree, compiler: Compiler) -> bool:
    """Tell a machine without the sanitizers' libraries from a runner that is broken."""
    flags = ["-fsanitize=address,undefined", "-shared", "-x", "c", "/dev/null", "-o", "/dev/null"]
    return run([compiler.path, *flags], _LIMITS, cwd=tree.runners).status == 0


def _build(tree: Tree, compiler: Compiler, flavour: Flavour) -> str:
    """Configure and build one flavour. Return the useful lines of a failure, or ''."""
    cmake = shutil.which("cmake")
    if not cmake:
        raise GraderError("CMake was not found.", "Install it: `apt-get install cmake ninja-build`.")
    folder = _folder_for(tree, compiler, flavour)
    steps = (
        [cmake, "--preset", flavour.value, "-B", str(folder), f"-DCMAKE_C_COMPILER={compiler.path}",
         f"-DCMAKE_RUNTIME_OUTPUT_DIRECTORY={folder / 'bin'}"],
        [cmake, "--build", str(folder), "--target", _TARGET],
    )  # fmt: skip
    for step in steps:
        finished = run(step, _LIMITS, cwd=tree.home, env={**os.environ, "LC_ALL": "C"})
        if finished.status != 0 or finished.timed_out:
            return _useful(finished.output)
    _publish(folder / "bin" / _TARGET, runner_program(tree, flavour))
    return ""


def _folder_for(tree: Tree, compiler: Compiler, flavour: Flavour) -> Path:
    """Return a build folder; CMake can't go on in one that another compiler began."""
    folder = tree.runners / flavour.value
    made_by = folder / "made-by.txt"
    if _read(made_by) != compiler.identity:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        made_by.write_text(compiler.identity)
    return folder


def _publish(built: Path, program: Path) -> None:
    """Put a new runner in the old one's place in one step: another grader may be using it."""
    draft = program.with_name(f"{program.name}.new")
    shutil.copy2(built, draft)
    os.replace(draft, program)


def _useful(output: str) -> str:
    """Return the lines of a failed build that say why: not the commands, not ninja's own."""
    lines = [line for line in output.splitlines() if line.strip() and not _NOISE.match(line)]
    telling = [i for i, line in enumerate(lines) if _TELLING.search(line)]
    start = telling[0] if telling else max(len(lines) - _MOST_LINES, 0)
    return "\n".join(lines[start : start + _MOST_LINES])


def runner_program(tree: Tree, flavour: Flavour) -> Path:
    """Return where a flavour of the runner is, once it has been built."""
    return tree.runners / f"{_TARGET}-{flavour.value}"


def _stamp(tree: Tree, compiler: Compiler) -> str:
    """Return a hash of everything that goes into the runners."""
    digest = hashlib.sha256(f"{compiler.identity} {os.uname().release}".encode())
    for file in _inputs(tree):
        digest.update(f"{file.name}\n".encode() + file.read_bytes())
    return digest.hexdigest()


def _inputs(tree: Tree) -> Iterator[Path]:
    yield from (tree.home / name for name in _CMAKE_FILES if (tree.home / name).is_file())
    for folder in _SOURCES:
        for path in sorted((tree.home / folder).rglob("*")):
            if path.is_file() and "tests" not in path.parts and not path.name.startswith("."):
                yield path


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""
