"""Keep failing traces, so that they can be shown after the program was edited.

A trace is good for the very program that it came from: places are addresses.
So each one lies in a folder of its own, `.workbook/traces/ID/`, with the program,
copies of its sources, and the compiler flags. The timeline as a page is written
there when somebody asks for it.
"""

from __future__ import annotations

import hashlib
import shlex
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError
from grader.exploring.outcome import Trace
from grader.paths import Tree

_MOST_TRACES = 200


@dataclass(frozen=True)
class StoredTrace:
    """A trace on disk, with its program."""

    id: str
    folder: Path

    @property
    def program(self) -> Path:
        """Return the program that the trace came from."""
        return self.folder / "program"

    @property
    def trace(self) -> Path:
        """Return what the explorer reads."""
        return self.folder / "trace"

    @property
    def page(self) -> Path:
        """Return where the rendering for a browser is."""
        return self.folder / "timeline.html"

    @property
    def flags(self) -> str:
        """Return the compiler flags that were asked for."""
        return "".join(_lines(self.folder / "flags"))

    @property
    def arguments(self) -> list[str]:
        """Return what the program was given on its command line."""
        return _lines(self.folder / "arguments")

    @property
    def own_file(self) -> str:
        """Return the name of the file whose lines the reader knows best, or ''."""
        return "".join(_lines(self.folder / "own_file"))


def store(
    tree: Tree,
    program: Path,
    sources: Sequence[Path],
    trace: Trace,
    flags: Sequence[str] = (),
    *,
    arguments: Sequence[str] = (),
    own_file: str = "",
) -> StoredTrace:
    """Keep a trace; the same trace of the same sources gets the same id."""
    text = trace.to_text()
    # Of an exercise the sources say all; a program's flags are in the program alone.
    made_of = [*sources] if own_file else [program]
    parts = [*(path.read_bytes() for path in made_of), "\n".join(arguments).encode(), text.encode()]
    name = hashlib.sha256(b"\0".join(parts)).hexdigest()[:8]
    folder = tree.private / "traces" / name
    if not folder.exists():
        _prune(folder.parent)
        folder.mkdir(parents=True)
        shutil.copy2(program, folder / "program")
        for source in sources:
            shutil.copy2(source, folder / source.name)
        (folder / "flags").write_text(shlex.join(flags))
        (folder / "arguments").write_text("\n".join(arguments))
        (folder / "own_file").write_text(own_file)
        (folder / "trace").write_text(text)
    return StoredTrace(name, folder)


def load(tree: Tree, name: str) -> StoredTrace:
    """Return a stored trace by its id, or by the path of its folder."""
    candidates = [tree.private / "traces" / name, Path(name)]
    for folder in candidates:
        if (folder / "trace").is_file() and (folder / "program").is_file():
            return StoredTrace(folder.name, folder)
    raise UsageError(f"There is no trace '{name}'.", "`./workbook explore` prints the id of what it finds.")


def _lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.is_file() else []


def _prune(folder: Path) -> None:
    """Forget the oldest traces when there are many."""
    if not folder.is_dir():
        return
    kept = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)
    for old in kept[: max(len(kept) - _MOST_TRACES + 1, 0)]:
        shutil.rmtree(old, ignore_errors=True)
