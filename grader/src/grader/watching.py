"""Notice that a file was saved, by looking at it again and again.

Polling works where file events never come: in containers, on network drives,
under WSL. It survives editors that write a new file and rename it over the old
one, a file that is gone for a moment, and several saves in a burst.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

POLL_SECONDS = 0.15  # between two looks
SETTLE_SECONDS = 0.1  # a file is taken as saved when it has not changed for so long

Fingerprint = tuple[int, int, int]  # when it was written, how long it is, which file it is


def fingerprint(path: Path) -> Fingerprint | None:
    """Return what changes with every save; None while there is no file."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size, facts.st_ino


class FileWatcher:
    """Tells when one file has been saved. `look` and `clock` are for tests."""

    def __init__(
        self,
        path: Path,
        look: Callable[[Path], Fingerprint | None] = fingerprint,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path = path
        self._look = look
        self._clock = clock
        self._known = self._seen = look(path)
        self._since = clock()

    def was_saved(self) -> bool:
        """Look once. True: the file has changed, and has come to rest."""
        now = self._look(self._path)
        if now != self._seen:
            self._seen = now
            self._since = self._clock()
            return False
        if now is None or now == self._known:
            return False
        if self._clock() - self._since < SETTLE_SECONDS:
            return False
        self._known = now
        return True
