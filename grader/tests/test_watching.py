"""When a file counts as saved: a story of looks, each with its time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.watching import SETTLE_SECONDS, FileWatcher, Fingerprint, fingerprint

OLD: Fingerprint = (1, 10, 100)
NEW: Fingerprint = (2, 10, 100)
NEWER: Fingerprint = (3, 12, 100)
RENAMED: Fingerprint = (2, 10, 101)
STEP = SETTLE_SECONDS * 1.5


def _saves(*looks: Fingerprint | None, step: float = STEP) -> list[bool]:
    """Return what the watcher says at each look but the first, which is its beginning."""
    moments = iter(looks)
    times = iter(step * number for number in range(2 * len(looks)))
    watcher = FileWatcher(Path("any"), look=lambda _: next(moments), clock=lambda: next(times))
    return [watcher.was_saved() for _ in looks[1:]]


@pytest.mark.parametrize(
    ("looks", "saved"),
    [
        ((OLD, OLD, OLD), [False, False]),
        ((OLD, NEW, NEW, NEW), [False, True, False]),  # once, when it has come to rest
        ((OLD, RENAMED, RENAMED), [False, True]),  # another file under the old name
        ((OLD, None, None, NEW, NEW), [False, False, False, True]),  # gone for a moment
        ((OLD, None, OLD, OLD), [False, False, False]),  # gone, and the same again
        ((OLD, NEW, NEWER, NEWER), [False, False, True]),  # a burst is one save
        ((OLD, NEW, NEW, NEWER, NEWER), [False, True, False, True]),  # two saves are two
        ((OLD, NEW, None, None), [False, False, False]),
        ((None, None, NEW, NEW), [False, False, True]),  # it was missing at first
    ],
)
def test_a_save_is_noticed_once_the_file_rests(looks: tuple[Fingerprint | None, ...], saved: list[bool]) -> None:
    assert _saves(*looks) == saved


def test_looks_in_quick_succession_do_not_make_a_file_rest() -> None:
    assert _saves(OLD, NEW, NEW, NEW, NEW, step=SETTLE_SECONDS / 4)[:3] == [False, False, False]


def test_every_way_of_saving_changes_the_fingerprint(tmp_path: Path) -> None:
    file = tmp_path / "a.c"
    file.write_text("one")
    os.utime(file, ns=(1, 1))
    first = fingerprint(file)
    file.write_text("two")  # in place, same length
    second = fingerprint(file)
    os.utime(file, ns=(1, 1))
    (tmp_path / "new").write_text("six")
    os.utime(tmp_path / "new", ns=(1, 1))
    (tmp_path / "new").rename(file)  # same length, same time
    third = fingerprint(file)
    assert len({first, second, third}) == 3
    file.unlink()
    assert fingerprint(file) is None
