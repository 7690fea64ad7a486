"""Write a release for students, as a folder or a tar file.

The same commit gives the same bytes: nothing in it depends on the time, the
machine or the order in which a disk lists its files.
"""

from __future__ import annotations

import io
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader import VERSION
from grader.authoring.release import released_files
from grader.authoring.tracked import Commit
from grader.files import write_atomically
from grader.paths import Tree

NAME = f"concurrent-futures-in-c-{VERSION}"  # the folder that a tar file unpacks to


@dataclass(frozen=True)
class Member:
    """One file of a release, with its content."""

    path: str
    content: bytes
    is_executable: bool

    @property
    def mode(self) -> int:
        """Return the file's permissions."""
        return 0o755 if self.is_executable else 0o644


def members(tree: Tree, commit: Commit, is_clean: bool) -> Iterator[Member]:
    """Yield every file, and RELEASE, which says what it was made from."""
    for one in released_files(tree):
        yield Member(one.path, (tree.root / one.ours).read_bytes(), one.is_executable)
    made_from = commit.name if is_clean else f"{commit.name}, with changes that are not committed"
    words = f"Concurrent Futures in C {VERSION}, a release for students\nmade from commit {made_from}\n"
    yield Member(tree.release.name, words.encode(), is_executable=False)


def write_folder(release: Sequence[Member], folder: Path) -> None:
    """Write the release to a folder that is not there yet, all of it or nothing."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for member in release:
            path = draft / member.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(member.content)
            path.chmod(member.mode)
        draft.chmod(0o755)
        os.rename(draft, folder)  # fails where something has come meanwhile, unless it is empty
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def write_tar(release: Sequence[Member], file: Path, time: int) -> None:
    """Write the release to a tar file; its files are as old as the commit."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for member in release:
            header = tarfile.TarInfo(f"{NAME}/{member.path}")
            header.size, header.mode, header.mtime = len(member.content), member.mode, time
            archive.addfile(header, io.BytesIO(member.content))
    write_atomically(file, data.getvalue())
