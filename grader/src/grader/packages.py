"""packages.txt: what the workbook needs from the system, and whether it is there.

The launcher reads the same file in its own way: it has to work before there is
a Python.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GraderError
from grader.run import Limits, run
from grader.toolchain import Compiler

_LIMITS = Limits(seconds=30)
_COLUMNS = 7

# How a system installs, and in which column its names stand.
_MANAGERS = {
    "apt-get": ("apt-get install --no-install-recommends", 0),
    "dnf": ("dnf install", 1),
    "pacman": ("pacman -S --needed", 2),
    "zypper": ("zypper install", 3),
}


@dataclass(frozen=True)
class Package:
    """A line of packages.txt."""

    group: str
    names: tuple[str, str, str, str]  # in Debian, Fedora, Arch, openSUSE
    proof: str
    purpose: str

    @property
    def name(self) -> str:
        """Return Debian's name, by which we call it."""
        return self.names[0]


@dataclass(frozen=True)
class Found:
    """Where a package's proof was found; a version only if it tells one."""

    place: str
    version: str = ""


def read_packages(file: Path) -> tuple[Package, ...]:
    """Read the list."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise GraderError(f"{file} can't be read: {error.strerror}.", "Is this a whole clone?") from error
    numbered = [(i, line) for i, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    return tuple(_package(line, f"{file.name}:{number}") for number, line in numbered)


def _package(line: str, place: str) -> Package:
    columns = line.split(maxsplit=_COLUMNS - 1)
    if len(columns) != _COLUMNS or columns[2].partition(":")[0] not in _PROOFS:
        raise GraderError(f"{place}: this line can't be read: {line}", "The head of the file explains it.")
    group, debian, proof, fedora, arch, suse, purpose = columns
    return Package(group, (debian, fedora, arch, suse), proof, purpose)


def find(package: Package, compiler: Compiler | None) -> Found | None:
    """Look for a package's proof on this machine."""
    kind, _, what = package.proof.partition(":")
    return _PROOFS[kind](what, compiler)


def how_to_install(packages: Iterable[Package]) -> str:
    """Return the command that installs these, or, for an unknown system, their names."""
    wanted = list(packages)
    for manager, (command, column) in _MANAGERS.items():
        if shutil.which(manager):
            names = " ".join(package.names[column].replace(",", " ") for package in wanted)
            return f"{command} {names}"
    return f"in Debian: {' '.join(package.name for package in wanted)}"


def _command(what: str, _: Compiler | None) -> Found | None:
    for name in what.split(","):
        path = shutil.which(name)
        if path:
            return Found(path, _version(path))
    return None


def _version(path: str) -> str:
    """Return the first plain version in what a program says of itself."""
    words = run([path, "--version"], _LIMITS, cwd=Path("/")).output
    match = re.search(r"(?<![\w.-])\d+(?:\.\d+)+(?![\w.+-])", words)
    return match[0] if match else ""


def _header(what: str, compiler: Compiler | None) -> Found | None:
    if compiler is None:
        return None
    finished = run([compiler.path, "-M", "-include", what, "-x", "c", "/dev/null"], _LIMITS, cwd=Path("/"))
    places = [word for word in finished.output.split() if word.endswith(f"/{what}")]
    return Found(places[0]) if finished.status == 0 and places else None


def _python(what: str, _: Compiler | None) -> Found | None:
    if sys.version_info < tuple(map(int, what.split("."))):
        return None
    return Found(sys.executable, sys.version.split()[0])


def _module(what: str, _: Compiler | None) -> Found | None:
    spec = importlib.util.find_spec(what)
    return Found(spec.origin or what) if spec else None


def _sanitizers(what: str, _: Compiler | None) -> Found | None:
    with tempfile.TemporaryDirectory(prefix="workbook-") as scratch:
        source = Path(scratch, "main.c")
        source.write_text("int main(void) { return 0; }\n")
        flags = ["-fsanitize=address,undefined", "-o", "main", "main.c"]
        finished = run([what, *flags], _LIMITS, cwd=Path(scratch))
    return Found(f"{what} can build with them") if finished.status == 0 else None


_PROOFS = {
    "command": _command,
    "header": _header,
    "python": _python,
    "module": _module,
    "sanitizers": _sanitizers,
}
