"""Whether this machine can do what the workbook asks of it.

Each examination looks at one thing and changes nothing. `core` findings have to
be fine before anything can be graded; the others only tell.
"""

from __future__ import annotations

import locale
import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from grader import VERSION
from grader.build import RUNNER_FLAVOURS, Flavour
from grader.errors import GraderError
from grader.packages import Package, find, how_to_install, read_packages
from grader.paths import Tree
from grader.run import Limits, run
from grader.runner import Runner
from grader.setup import runner_program
from grader.terminal import Look
from grader.toolchain import Compiler, find_compiler

CORE = "core"
_CROSS = "cross"  # of no use but to those who change the explorer
_NOT_FOR_STUDENTS = ("selftest", _CROSS)
_HERE = "this machine"
_LIMITS = Limits(seconds=60)

# Two threads that meet: what every exercise needs, and nothing else.
_PROGRAM = """
#include <pthread.h>
static pthread_barrier_t both;
static void *meet(void *arg) { pthread_barrier_wait(&both); return arg; }
int main(void)
{
    pthread_t other;
    if (pthread_barrier_init(&both, 0, 2) || pthread_create(&other, 0, meet, 0)) return 1;
    meet(0);
    return pthread_join(other, 0);
}
"""


class State(StrEnum):
    """What an examination found."""

    FINE = "fine"
    MISSING = "missing"
    BROKEN = "broken"
    NOTE = "note"  # worth knowing, and nothing to mend


@dataclass(frozen=True)
class Finding:
    """What was found out about one thing."""

    name: str
    group: str  # of packages.txt, or `this machine`
    state: State
    found: str
    advice: str = ""  # what to do, if anything

    @property
    def hinders(self) -> bool:
        """Whether nothing can be graded before this is mended."""
        return self.group == CORE and self.state in (State.MISSING, State.BROKEN)

    def to_json(self) -> dict[str, Any]:
        """Return what `doctor --json` prints of it."""
        return {
            "name": self.name,
            "group": self.group,
            "state": self.state.value,
            "found": self.found,
            "advice": self.advice,
        }


def examine(tree: Tree, look: Look) -> Iterator[Finding]:
    """Yield every finding, core first."""
    try:
        compiler = find_compiler()
    except GraderError as error:
        compiler = None
        yield Finding("compiler", CORE, State.MISSING, error.message, error.hint)
    packages = read_packages(tree.packages)
    yield from (_package(package, compiler) for package in packages if package.group == CORE)
    if compiler:
        yield _threads(compiler)
    yield _folder(tree)
    others = (package for package in packages if package.group != CORE)
    if tree.is_release:
        others = (package for package in others if package.group not in _NOT_FOR_STUDENTS)
    yield from (_package(package, compiler) for package in others)
    yield from (_runner(tree, flavour) for flavour in RUNNER_FLAVOURS)
    yield Finding("workbook", _HERE, State.NOTE, _workbook(tree))
    yield Finding("system", _HERE, State.NOTE, _system())
    yield _terminal(look)


def _package(package: Package, compiler: Compiler | None) -> Finding:
    found = find(package, compiler)
    if found is None:
        if package.group == _CROSS:
            found_out = f"not here, and not needed: {package.purpose}"
            return Finding(package.name, _CROSS, State.NOTE, found_out, how_to_install([package]))
        advice = _how_to_get(package)
        return Finding(package.name, package.group, State.MISSING, f"missing: {package.purpose}", advice)
    where = f"{found.version} {found.place}".strip()
    return Finding(package.name, package.group, State.FINE, where)


def _how_to_get(package: Package) -> str:
    """A group beyond core is named by the command that fetches it, where anything is fetched."""
    if package.group != CORE and shutil.which("apt-get"):
        return f"`./workbook {package.group}` fetches it when first called."
    return how_to_install([package])


def _threads(compiler: Compiler) -> Finding:
    """Compile and run a program with threads, as grading does."""
    with tempfile.TemporaryDirectory(prefix="workbook-") as scratch:
        folder = Path(scratch)
        (folder / "meet.c").write_text(_PROGRAM)
        flags = ("-std=c11", "-D_GNU_SOURCE", "-pthread", "-o", "meet")
        built = run([compiler.path, *flags, "meet.c"], _LIMITS, cwd=folder)
        if built.status != 0:
            why = f"{compiler.name} can't compile a small program: {_first_line(built.output)}"
            return Finding("threads", CORE, State.BROKEN, why)
        ran = run([folder / "meet"], _LIMITS, cwd=folder)
    if ran.status != 0:
        why = f"a program just compiled ends with status {ran.status} {_first_line(ran.output)}"
        advice = "May programs be started from the folder for temporary files? TMPDIR names another."
        return Finding("threads", CORE, State.BROKEN, why.strip(), advice)
    found = f"{compiler.name} compiled a program, and its two threads met"
    return Finding("threads", CORE, State.FINE, found)


def _folder(tree: Tree) -> Finding:
    folder = tree.build if tree.build.exists() else tree.root
    if os.access(folder, os.W_OK):
        return Finding("folder", CORE, State.FINE, f"{tree.root} can be written")
    advice = "Make it yours, or clone the workbook to where you may write."
    return Finding("folder", CORE, State.BROKEN, f"{folder} can't be written", advice)


def _runner(tree: Tree, flavour: Flavour) -> Finding:
    """Look at a flavour of the test runner; for asan, whether the sanitizers can be believed."""
    name = "test runner" if flavour is Flavour.PLAIN else "sanitizers"
    program = runner_program(tree, flavour)
    if not program.exists():
        return Finding(name, _HERE, State.NOTE, "not built yet: the first `./workbook check` does it")
    problem = Runner(program).problem()
    if problem:
        advice = "" if flavour is Flavour.PLAIN else "Memory checks are left out here; all else is graded."
        return Finding(name, _HERE, State.BROKEN, _first_line(problem), advice)
    return Finding(name, _HERE, State.FINE, "works")


def _workbook(tree: Tree) -> str:
    """Say which one this is: what people are asked first when they report something."""
    if tree.is_release:
        return ", ".join(tree.release.read_text(encoding="utf-8").splitlines())
    return f"{VERSION}, the full repository"


def _system() -> str:
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        name = "unknown system"
    processors = len(os.sched_getaffinity(0))
    kernel = f"{platform.system()} {platform.release()}, {platform.machine()}"
    return f"{name}, {kernel}, {processors} processors"


def _terminal(look: Look) -> Finding:
    shows = ["colours" if look.color else "no colours", "symbols" if look.unicode else "plain signs"]
    encoding = locale.getencoding()
    advice = "" if look.unicode else "For symbols: `export LANG=C.UTF-8`."
    return Finding("terminal", _HERE, State.NOTE, f"{' and '.join(shows)}; the locale's text is {encoding}", advice)


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]
