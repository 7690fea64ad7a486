"""Read a learner's file once, so that all of grading sees the same bytes."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError

MOST_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Source:
    """A C file as it was when grading began."""

    path: Path
    shown: str  # how messages name it
    data: bytes
    size: int  # of the file; `data` is cut when it is too big

    @property
    def lines(self) -> list[str]:
        """Return its lines as text, whatever the bytes are."""
        return self.data.decode("utf-8", errors="replace").splitlines()

    def calls_of(self, pattern: str) -> str:
        """Return the lines that call what the pattern names, as `file:line: code`."""
        call = re.compile(rf"\b{pattern}")
        return "\n".join(
            f"{self.shown}:{number}: {line.strip()}"
            for number, line in enumerate(self.lines, start=1)
            if call.search(line.partition("//")[0])
        )

    @property
    def problem(self) -> str:
        """Say why this can't be C source at all, or return ''."""
        if self.size > MOST_BYTES:
            return f"{self.shown} has {self.size:,} bytes; more than {MOST_BYTES:,} are not graded."
        if b"\0" in self.data:
            line = self.data[: self.data.index(b"\0")].count(b"\n") + 1
            return f"{self.shown}:{line}: here is a NUL byte, so this is not a text file."
        return ""


def read_source(path: Path, shown: str) -> Source:
    """Read a file, and refuse what is not one: a folder, a device, a loop of links."""
    try:
        # A FIFO would block here without O_NONBLOCK.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            facts = os.fstat(descriptor)
            if not stat.S_ISREG(facts.st_mode):
                raise UsageError(f"{shown} is not a file.", "Give the path of a .c file.")
            return Source(path, shown, file.read(MOST_BYTES + 1), facts.st_size)
    except IsADirectoryError as error:
        raise UsageError(f"{shown} is a folder.", "Give the path of a .c file.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"{shown} can't be read: {reason}.") from error
