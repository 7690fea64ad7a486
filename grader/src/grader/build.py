"""Compile a C file to a module, or fetch it from the cache.

The compiler sees a snapshot of the file in a scratch folder, under the path
that messages name it by. So what is graded is what was read, and every place
in a diagnostic, an assertion or a stack trace is relative.

The cache in build/grader/cache is keyed by content: an index file per (source,
flags, compiler) names the module and the headers that went into it, by hash.
Every file appears by rename, so that two graders at once do not disturb each
other. What fails to compile is not kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from grader.errors import GraderError
from grader.exploring.calls import defined_names, redirect_calls
from grader.exploring.library import instrument_flags, names_table
from grader.paths import Tree
from grader.run import Finished, Limits, run
from grader.source import Source
from grader.toolchain import Compiler

_LIMITS = Limits(seconds=30, output_bytes=64 * 1024, memory_bytes=2 << 30, file_bytes=64 << 20)
_MOST_FILES = 2000


class Flavour(StrEnum):
    """How code is compiled; of a runner's flavours the value is its CMake preset."""

    PLAIN = "release"
    ASAN = "asan"
    EXPLORED = "explored"  # an object file, to be linked into a program of its own


RUNNER_FLAVOURS = (Flavour.PLAIN, Flavour.ASAN)  # shared objects, loaded by wb_runner

_SHARED = ("-fPIC", "-shared")
_FLAVOUR_FLAGS = {
    Flavour.PLAIN: (*_SHARED, "-O1"),
    # Not optimised: a wrong access that the compiler removes is not seen.
    Flavour.ASAN: (
        *_SHARED,
        "-O0",
        "-fsanitize=address,undefined",
        "-fno-sanitize-recover=all",
        "-fno-omit-frame-pointer",
    ),
    Flavour.EXPLORED: ("-c", "-w"),  # and explorer/instrument_flags.txt
}


@dataclass(frozen=True)
class Built:
    """A module, or, when there is none, why."""

    module: Path | None
    words: str  # what the compiler said, paths relative
    seconds: float = 0.0
    timed_out: bool = False
    defines: tuple[str, ...] = ()  # names that others can see; of modules for wb_runner


class Builder:
    """Compiles with one compiler, for one tree."""

    def __init__(self, tree: Tree, compiler: Compiler) -> None:
        self._tree = tree
        self._compiler = compiler
        self._support_flags = _lines(tree.support / "compile_flags.txt")
        self._instrumented = instrument_flags(tree)
        self._wraps = [f"-Wl,--wrap={name}" for name in _lines(tree.support / "wrapped_names.txt")]
        try:
            tree.cache.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise GraderError(f"{tree.cache} can't be made: {error.strerror}.") from error
        _prune(tree.cache)

    def build(self, source: Source, exercise_key: str, flavour: Flavour) -> Built:
        """Return the module of a source file of this exercise."""
        flags = self._flags(exercise_key, flavour)
        names = names_table(self._tree) if flavour is Flavour.EXPLORED else ""
        parts = [self._compiler.identity, *flags, names, source.shown, source.data.hex()]
        index = self._tree.cache / f"{_hash(*parts)}.json"
        return self._cached(index) or self._compiled(source, flags, index, flavour)

    def _flags(self, exercise_key: str, flavour: Flavour) -> list[str]:
        topic = self._tree.exercise(exercise_key).parent
        return [
            *self._support_flags,
            *_FLAVOUR_FLAGS[flavour],
            "-fdiagnostics-color=never",
            f"-isystem{self._tree.library / 'include'}",
            f"-I{topic}",
            f"-I{self._tree.support}",
            *(f"-ffile-prefix-map={base}/=" for base in (self._tree.root, self._tree.home)),
            *(self._wraps if flavour in RUNNER_FLAVOURS else self._instrumented),
        ]

    def _cached(self, index: Path) -> Built | None:
        try:
            entry = json.loads(index.read_text())
            module = self._tree.cache / entry["module"]
            if not module.exists():
                return None
            if any(_hash_file(Path(name)) != digest for name, digest in entry["headers"].items()):
                return None
            return Built(module, entry["words"], defines=tuple(entry["defines"]))
        except (OSError, ValueError, KeyError):
            return None  # absent, or damaged: compile again

    def _compiled(self, source: Source, flags: list[str], index: Path, flavour: Flavour) -> Built:
        with tempfile.TemporaryDirectory(prefix="compiling-", dir=self._tree.cache) as scratch:
            folder = Path(scratch)
            finished = self._call(source, flags, folder)
            words = self._relative(finished.output)
            if finished.status != 0 or finished.timed_out:
                return Built(None, words, finished.seconds, finished.timed_out)
            names: list[str] = []
            if flavour is Flavour.EXPLORED:
                redirect_calls(self._tree, [folder / "module"], "xpi_main_of_the_exercise")
            else:
                names = _without_linkers(defined_names([folder / "module"]))
            headers = self._headers(folder)
            module = self._tree.cache / f"{_hash(index.stem, json.dumps(headers))}.module"
            entry = {"module": module.name, "headers": headers, "words": words, "defines": names}
            (folder / "index").write_text(json.dumps(entry))
            os.replace(folder / "module", module)
            os.replace(folder / "index", index)
            return Built(module, words, finished.seconds, defines=tuple(names))

    def _call(self, source: Source, flags: list[str], folder: Path) -> Finished:
        code = folder / source.shown
        code.parent.mkdir(parents=True, exist_ok=True)
        code.write_bytes(source.data)
        return run(
            [
                self._compiler.path,
                *flags,
                f"-ffile-prefix-map={folder}=.",
                *("-MD", "-MF", "headers.d", "-o", "module"),
                source.shown,
            ],
            _LIMITS,
            cwd=folder,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TMPDIR": str(folder)},
        )

    def _headers(self, folder: Path) -> dict[str, str]:
        """Return the headers of the tree that the compiler read, with their hashes."""
        rule = (folder / "headers.d").read_text().replace("\\\n", " ")
        names = [name.replace("\\ ", " ") for name in re.split(r"(?<!\\)\s+", rule)]
        bases = (str(self._tree.root), str(self._tree.home))
        return {name: _hash_file(Path(name)) for name in sorted(names) if name.startswith(bases)}

    def _relative(self, words: str) -> str:
        for base in (self._tree.root, self._tree.home):
            words = words.replace(f"{base}/", "")
        return words


def _without_linkers(names: set[str]) -> list[str]:
    """Leave out what the linker adds to every module."""
    return sorted(name for name in names if not re.match(r"_(?:init|fini|end|edata)$|__bss_start$", name))


def _lines(file: Path) -> list[str]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise GraderError(f"{file} can't be read: {error.strerror}.", "Is this a whole clone?") from error
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]


def _hash_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _prune(cache: Path) -> None:
    """Forget the older half when the cache has grown large."""
    entries = list(os.scandir(cache))
    if len(entries) <= _MOST_FILES:
        return
    entries.sort(key=lambda entry: entry.stat().st_mtime)
    for entry in entries[: len(entries) // 2]:
        if entry.is_dir():
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            Path(entry.path).unlink(missing_ok=True)
