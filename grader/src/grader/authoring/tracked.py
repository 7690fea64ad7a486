"""What git tracks of a tree, and in which state that is."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GraderError
from grader.run import Limits, run

_LIMITS = Limits(seconds=60, output_bytes=16 * 1024 * 1024)
_EXECUTABLE = "100755"
_REGULAR = "100644"


@dataclass(frozen=True)
class Tracked:
    """One file that git tracks."""

    path: str  # from the root, with slashes
    is_executable: bool


@dataclass(frozen=True)
class Commit:
    """The commit that is checked out."""

    name: str
    time: int  # seconds since 1970, when it was made


def is_repository(root: Path) -> bool:
    """Tell whether the folder is the top of a repository; a folder in one is not."""
    return (root / ".git").exists()


def tracked_files(root: Path) -> tuple[Tracked, ...]:
    """Return every tracked file, in order of its path."""
    listed = _git(root, "ls-files", "-z", "--stage")
    return tuple(sorted((_tracked(entry) for entry in _parts(listed)), key=lambda file: file.path))


def uncommitted(root: Path) -> tuple[str, ...]:
    """Return the lines of `git status` about what is changed, or not tracked yet."""
    return _parts(_git(root, "status", "-z", "--porcelain", "--no-renames"))


def commit(root: Path) -> Commit:
    """Return the commit that is checked out."""
    name, time = _git(root, "show", "--no-patch", "--format=%H %ct", "HEAD").split()
    return Commit(name, int(time))


def _tracked(entry: str) -> Tracked:
    facts, _, path = entry.partition("\t")
    mode, _, stage = facts.split()
    if stage != "0":
        raise GraderError(f"{path} is in the middle of a merge.", "Finish the merge first.")
    if mode not in (_REGULAR, _EXECUTABLE):
        raise GraderError(f"{path} is a symbolic link or a submodule.", "Track the files themselves.")
    return Tracked(path, mode == _EXECUTABLE)


def _parts(output: str) -> tuple[str, ...]:
    return tuple(part for part in output.split("\0") if part)


def _git(root: Path, *arguments: str) -> str:
    if not is_repository(root):
        raise GraderError(f"{root} is not a git repository.", "A release is made from what git tracks.")
    # Whoever may read the tree may ask git about it, also where it belongs to somebody else.
    trusting = ("-c", f"safe.directory={root}")
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    finished = run(["git", *trusting, *arguments], _LIMITS, cwd=root, env={**env, "LC_ALL": "C"})
    if finished.status != 0 or finished.timed_out:
        raise GraderError(f"git {arguments[0]} failed: {finished.output.strip()}")
    return finished.output
